import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { SharedView } from './SharedView';
import { sharedQuery } from './shared';

/** What the link of a share leads to: a text to be read, and heard if that is shared, by anybody. */
export function SharedPage() {
  const { t } = useTranslation('shared');
  // After the #, which no server is sent and no log keeps.
  const secret = useLocation().hash;
  const { data, error, isLoading, refetch } = useQuery(sharedQuery(secret));
  const passes = error instanceof Problem && error.passes;
  return (
    <>
      {/* Whoever has the link may read it; search engines are not to. */}
      <meta name="robots" content="noindex" />
      {data ? (
        <SharedView key={secret} shared={data} secret={secret} />
      ) : (
        <>
          <PageTitle title={t('title')} />
          {secret === '' && <p>{t('incomplete')}</p>}
          {isLoading && <Spinner className="text-2xl text-muted" />}
          <ProblemNote
            error={error}
            namespace="shared"
            {...(passes ? { onRetry: () => void refetch() } : {})}
          />
        </>
      )}
    </>
  );
}
