import { getRouteApi, Link } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { buttonClasses } from '@/components/Button';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { ResultView } from './ResultView';
import type { Slots } from './slots';
import { useResult } from './useResult';

const route = getRouteApi('/_member/results/$resultId');

/** One result: its sound, its text, and what can be done with them. */
export function TranscriptPage({ slots }: { slots: Slots }) {
  const { t } = useTranslation('transcript');
  const { resultId } = route.useParams();
  const search = route.useSearch();
  const query = useResult(resultId, search.transcript ?? null);
  // A long text is drawn in small steps, between which the page answers.
  const result = useDeferredValue(query.data);
  if (result?.id === resultId)
    return <ResultView key={resultId} result={result} search={search} slots={slots} />;
  return (
    <>
      <PageTitle title={t('title')} />
      {!query.error && <Spinner className="text-2xl text-muted" />}
      <ProblemNote
        error={query.error}
        namespace="results"
        {...(isMissing(query.error) ? {} : { onRetry: () => void query.refetch() })}
      >
        <Link to="/results" className={buttonClasses('secondary', 'small')}>
          {t('toList')}
        </Link>
      </ProblemNote>
    </>
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Problem && error.status === 404;
}
