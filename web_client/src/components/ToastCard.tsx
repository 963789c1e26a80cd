import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './Button';
import { classes } from './classes';
import { CloseIcon } from './icons';

export interface ToastWish {
  text: string;
  kind?: 'news' | 'failure';
  /** One thing to do about it, such as undoing it; `hint` says to those who hear it what that does. */
  action?: { label: string; hint: string; onPress: () => void };
  /** Milliseconds, or `Infinity` until it is put away. */
  stays?: number;
  /** When it goes without its action having been taken. */
  onGone?: () => void;
}

const STAYS = 6000;
const STAYS_WITH_ACTION = 10_000;

/** One toast: it goes by itself, but not while somebody points at it or is in it. */
export function ToastCard({ toast, onGone }: { toast: ToastWish; onGone: () => void }) {
  const { t } = useTranslation('components');
  const { action, kind = 'news', stays = action ? STAYS_WITH_ACTION : STAYS } = toast;
  const [held, setHeld] = useState(false);

  const go = () => {
    toast.onGone?.();
    onGone();
  };
  const goes = useRef(go);
  useEffect(() => {
    goes.current = go;
  });
  useEffect(() => {
    if (held || !Number.isFinite(stays)) return;
    const timer = setTimeout(() => goes.current(), stays);
    return () => clearTimeout(timer);
  }, [held, stays]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it there
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={classes(
        'pointer-events-auto flex animate-appear items-center gap-3 rounded-xl border bg-surface py-2 ps-4 pe-2 shadow-float',
        kind === 'failure' ? 'border-danger' : 'border-line',
      )}
    >
      <p className={classes('min-w-0 flex-1', kind === 'failure' && 'text-danger')}>{toast.text}</p>
      {action && (
        <Button
          size="small"
          aria-label={action.hint}
          onClick={() => {
            onGone();
            action.onPress();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton size="small" label={t('close')} onClick={go}>
        <CloseIcon />
      </IconButton>
    </div>
  );
}
