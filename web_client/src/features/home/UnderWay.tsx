import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ForwardIcon } from '@/components/icons';
import { ProblemNote } from '@/components/ProblemNote';
import { Milestones } from './Milestones';
import { useLatestResults } from './useLatestResults';

const rows = () => import('./rows');
const FailedRow = lazy(async () => ({ default: (await rows()).FailedRow }));
const FinishedRow = lazy(async () => ({ default: (await rows()).FinishedRow }));
const UnderWayRow = lazy(async () => ({ default: (await rows()).UnderWayRow }));

interface UnderWayProps {
  uploads: ReactNode;
  uploadCount: number;
}

/** Everything in progress, from the first byte to the last word, and what was finished lately. */
export function UnderWay({ uploads, uploadCount }: UnderWayProps) {
  const { t } = useTranslation('home');
  const { underWay, failed, finished, error, refetch, isPending } = useLatestResults();
  useEffect(() => {
    // If this fails, it is tried again with the first row.
    rows().catch(() => {});
  }, []);
  const isQuiet = uploadCount + underWay.length + failed.length === 0;
  const isNew = isQuiet && finished.length === 0 && !isPending && !error;
  return (
    <div className="mt-10 flex flex-col gap-10">
      <section aria-labelledby="under-way" hidden={isQuiet}>
        <h2 id="under-way" className="font-semibold text-xl">
          {t('underWay.title')}
        </h2>
        <ul>
          {uploads}
          <Suspense fallback={null}>
            {underWay.map((result) => (
              <UnderWayRow key={result.id} result={result} />
            ))}
          </Suspense>
          <Suspense fallback={null}>
            {failed.map((result) => (
              <FailedRow key={result.id} result={result} />
            ))}
          </Suspense>
        </ul>
      </section>
      <ProblemNote error={error} onRetry={refetch} />
      {isNew && <p className="text-center text-muted">{t('nothingYet')}</p>}
      {finished.length > 0 && (
        <section aria-labelledby="finished">
          <h2 id="finished" className="font-semibold text-xl">
            {t('finished.title')}
          </h2>
          <ul>
            <Suspense fallback={null}>
              {finished.map((result) => (
                <FinishedRow key={result.id} result={result} />
              ))}
            </Suspense>
          </ul>
          <Link
            to="/results"
            className="mt-2 inline-flex min-h-11 items-center gap-1 font-medium text-accent hover:underline"
          >
            {t('finished.all')}
            <ForwardIcon />
          </Link>
        </section>
      )}
      <Milestones underWay={underWay} failed={failed} finished={finished} />
    </div>
  );
}
