import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Problem } from '@/api/problem';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { RetryIcon, WarningIcon } from '@/components/pageIcons';
import { problemSentence } from '@/components/problemSentence';
import type { Result } from './latest';

/** A result that failed: why, what to do, and another try. */
export function FailedRow({ result }: { result: Result }) {
  // Why something failed is said as on its own page, with texts that few of those at home need.
  const { t, i18n } = useTranslation(['home', 'results']);
  const queries = useQueryClient();
  const retry = useMutation({
    meta: { shownInPlace: true },
    mutationFn: () =>
      answer(api.POST('/api/v1/results/{result_id}/retry', { params: { path: { result_id: result.id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['results'] }),
  });
  const why = new Problem({
    code: result.error?.code ?? 'failed',
    status: 422,
    detail: result.error?.message ?? t('failed.unknown'),
  });
  return (
    <li className="flex flex-col gap-2 border-line border-b py-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p dir="auto" className="w-fit max-w-full truncate font-medium">
            <Link to="/results/$resultId" params={{ resultId: result.id }} className="hover:underline">
              {result.title}
            </Link>
          </p>
          <p className="flex gap-2 text-danger text-sm">
            <WarningIcon className="mt-0.5" />
            <span>{problemSentence(why, i18n, 'results')}</span>
          </p>
        </div>
        <Button busy={retry.isPending} onClick={() => retry.mutate()}>
          <RetryIcon />
          {t('failed.retry')}
          <span className="sr-only">
            : <bdi>{result.title}</bdi>
          </span>
        </Button>
      </div>
      <ProblemNote error={retry.error} namespace="results" />
    </li>
  );
}
