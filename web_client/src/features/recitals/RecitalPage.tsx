import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { buttonClasses } from '@/components/Button';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { RecitalView } from './RecitalView';
import { useRecital } from './useRecitals';

const route = getRouteApi('/_member/recitals/$recitalId');

/** One recital: its sound, what was read, and how well. */
export function RecitalPage() {
  const { t } = useTranslation('recitals');
  const { recitalId } = route.useParams();
  const query = useRecital(recitalId);
  if (query.data) return <RecitalView key={recitalId} recital={query.data} />;
  const isMissing = query.error instanceof Problem && query.error.status === 404;
  return (
    <>
      <PageTitle title={t('one')} />
      {query.isPending && <Spinner className="text-2xl text-muted" />}
      <ProblemNote
        error={query.error}
        namespace="recitals"
        {...(isMissing ? {} : { onRetry: () => void query.refetch() })}
      >
        <Link to="/recitals" className={buttonClasses('secondary', 'small').concat(' mt-3')}>
          {t('toList')}
        </Link>
      </ProblemNote>
    </>
  );
}
