import { useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { classes } from '@/components/classes';
import { CheckIcon } from '@/components/icons';
import { WarningIcon } from '@/components/pageIcons';
import { problemSentence } from '@/components/problemSentence';
import { Spinner } from '@/components/Spinner';
import type { Saver } from './Saver';

/** Whether what was done is saved. Who listens hears how it ended, and not of every beginning. */
export function SavingNote({ saver, onDecide }: { saver: Saver; onDecide: () => void }) {
  const { t, i18n } = useTranslation('editor');
  const standing = useSyncExternalStore(saver.subscribe, () => saver.standing);
  const said = useRef('');
  const isUnderWay = standing.is === 'unsaved' || standing.is === 'saving';
  const text =
    standing.is === 'failing'
      ? t('saving.failing', { reason: problemSentence(standing.error, i18n, 'editor') })
      : t(`saving.${standing.is}`);
  if (!isUnderWay) said.current = text;
  const isTrouble = TROUBLES.has(standing.is);
  return (
    <div
      className={classes(
        'flex min-h-9 min-w-0 flex-1 items-center gap-2 px-1 text-sm',
        isTrouble ? 'text-warning max-sm:order-first max-sm:basis-full' : 'text-muted',
      )}
    >
      <p role="status" className="sr-only">
        {said.current}
      </p>
      {isTrouble && <WarningIcon />}
      {standing.is === 'saving' && <Spinner quiet />}
      {standing.is === 'saved' && <CheckIcon />}
      <span aria-hidden="true" className={isTrouble ? 'line-clamp-3' : 'truncate'}>
        {text}
      </span>
      {standing.is === 'conflict' && (
        <Button size="small" onClick={onDecide}>
          {t('saving.decide')}
        </Button>
      )}
    </div>
  );
}

const TROUBLES: ReadonlySet<string> = new Set(['offline', 'failing', 'conflict']);
