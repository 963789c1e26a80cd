import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button';
import { CloseIcon } from './icons';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What is shown once only: a press beside it, which may be a slip, doesn't close it. */
  isOnce?: boolean;
  title: ReactNode;
  /** A sentence below the title, read out with it. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons at the foot, the one that does it last. */
  actions?: ReactNode;
}

/** A question or a form before everything else; it keeps the focus and gives it back. */
export function Dialog({ open, ...rest }: DialogProps) {
  return open && <Opened {...rest} />;
}

function Opened({
  onOpenChange,
  isOnce = false,
  title,
  description,
  children,
  actions,
}: Omit<DialogProps, 'open'>) {
  const { t } = useTranslation('components');
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Before it is taken out of the page: only a dialog that is closed gives the focus back.
    return () => shown?.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it, and comes as `cancel`
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return; // a file chooser within it was put away
        event.preventDefault();
        onOpenChange(false);
      }}
      onClick={(event) => {
        // What is in it covers it wholly: only what is around it is the dialog itself.
        if (event.target === event.currentTarget && !isOnce) onOpenChange(false);
      }}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-1.5rem)] max-w-lg animate-appear overflow-y-auto rounded-2xl bg-surface text-ink shadow-float backdrop:bg-veil"
    >
      <div className="relative flex flex-col gap-4 p-5 sm:p-6">
        <h2 id={`${id}-title`} className="pe-10 font-semibold text-xl">
          {title}
        </h2>
        {description && (
          <p id={`${id}-description`} className="text-muted">
            {description}
          </p>
        )}
        {children}
        {actions && <div className="mt-2 flex flex-wrap justify-end gap-2">{actions}</div>}
        {/* Last, so that what the dialog is about gets the focus first. */}
        <IconButton
          label={t('close')}
          className="absolute end-2 top-2 sm:end-3 sm:top-3"
          onClick={() => onOpenChange(false)}
        >
          <CloseIcon />
        </IconButton>
      </div>
    </dialog>
  );
}
