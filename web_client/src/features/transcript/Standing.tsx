import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Problem } from '@/api/problem';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { ProgressBar } from '@/components/ProgressBar';
import { RetryIcon } from '@/components/pageIcons';
import { formatClock } from '@/lib/format';
import { isGoing, isUnderWay, type Result } from './queries';

/** How far a result is, or why it got no further. */
export function Standing({ result }: { result: Result }) {
  const { t } = useTranslation('transcript');
  return (
    <>
      {/* It was there before what is said in it, so that its changes are heard. */}
      <p role="status" className="sr-only">
        {t(wordOf(result))}
      </p>
      {isGoing(result) && (
        <p aria-hidden="true" className="mb-6 rounded-2xl bg-raised p-4">
          {t(`standing.${result.status}`)}
        </p>
      )}
      {isUnderWay(result) && <UnderWay result={result} />}
      {result.error && <Failed resultId={result.id} error={result.error} />}
    </>
  );
}

/** The word for how far it is. */
function wordOf({ kind, status }: Result) {
  return kind === 'image' && status === 'transcoding' ? 'standing.picture' : (`standing.${status}` as const);
}

function UnderWay({ result }: { result: Result }) {
  const { t } = useTranslation('transcript');
  const { status, heard_ms, duration_ms, progress } = result;
  const told =
    status === 'transcribing' && duration_ms !== null
      ? t('standing.heard', { heard: formatClock(heard_ms), duration: formatClock(duration_ms) })
      : null;
  return (
    <div className="mb-6 rounded-2xl bg-raised p-4">
      <p className="mb-2 flex flex-wrap justify-between gap-x-4">
        <span className="font-medium">{t(wordOf(result))}</span>
        {told && <span className="text-muted text-sm tabular-nums">{told}</span>}
      </p>
      <ProgressBar
        label={t(wordOf(result))}
        value={status === 'received' ? null : progress}
        className="bg-surface"
      />
      {result.transcripts.length > 1 && <p className="mt-2 text-muted text-sm">{t('standing.another')}</p>}
    </div>
  );
}

interface FailedProps {
  resultId: string;
  error: NonNullable<Result['error']>;
}

/** Why something could not be made, and another try. */
export function Failed({ resultId, error }: FailedProps) {
  const { t } = useTranslation('transcript');
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/results/{result_id}/retry', { params: { path: { result_id: resultId } } })),
    meta: { shownInPlace: true },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['result', resultId] }),
  });
  const reason = new Problem({ code: error.code, status: 0, detail: error.message });
  return (
    <div className="mb-6">
      <ProblemNote error={reason} namespace="results">
        <Button size="small" className="mt-3 min-h-11" busy={retry.isPending} onClick={() => retry.mutate()}>
          <RetryIcon />
          {t('standing.retry')}
        </Button>
      </ProblemNote>
      <ProblemNote error={retry.error} namespace="results" className="mt-2" />
    </div>
  );
}
