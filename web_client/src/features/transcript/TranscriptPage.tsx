import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { buttonClasses } from '@/components/Button';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { ResultView } from './ResultView';
import { useResult } from './useResult';

const route = getRouteApi('/_member/results/$resultId');

/** One result: its sound, its text, and what can be done with them. */
export function TranscriptPage() {
  const { t } = useTranslation('transcript');
  const { resultId } = route.useParams();
  const { transcript = null } = route.useSearch();
  const query = useResult(resultId, transcript);
  if (query.data) return <ResultView key={resultId} result={query.data} chosen={transcript} />;
  return (
    <>
      <PageTitle title={t('title')} />
      {query.isPending && <Spinner className="text-2xl text-muted" />}
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
