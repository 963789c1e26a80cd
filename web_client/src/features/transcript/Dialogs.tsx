import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { type Result, renditionOf, type TranscriptShown } from './queries';
import type { Opened, Slots } from './slots';

const DeleteDialog = lazy(async () => ({ default: (await import('./DeleteDialog')).DeleteDialog }));
const TranscribeDialog = lazy(async () => ({
  default: (await import('./TranscribeDialog')).TranscribeDialog,
}));

interface DialogsProps extends Omit<Slots, 'Editor'> {
  result: Result;
  /** The transcript that is read, if it is finished. */
  finished: TranscriptShown | null;
  opened: Opened | null;
  onClose: () => void;
}

/** What is asked, or shown, before everything else; each comes when it is opened. */
export function Dialogs({ result, finished, opened, onClose, Versions, Shares }: DialogsProps) {
  const queries = useQueryClient();
  return (
    <Suspense fallback={null}>
      {opened === 'transcribe' && <TranscribeDialog result={result} open onClose={onClose} />}
      {opened === 'versions' && finished && (
        <Versions
          resultId={result.id}
          transcriptId={finished.id}
          version={finished.version}
          onRestored={() => void queries.invalidateQueries({ queryKey: ['result', result.id] })}
          onClose={onClose}
        />
      )}
      {opened === 'shares' && (
        <Shares resultId={result.id} hasSound={renditionOf(result, 'light') !== null} onClose={onClose} />
      )}
      {opened === 'delete' && <DeleteDialog result={result} open onClose={onClose} />}
    </Suspense>
  );
}
