import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { NotFoundPage } from './NotFoundPage';

/** In the place of a page that could not be loaded or drawn. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation('app');
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  if (error instanceof Problem && error.status === 404) return <NotFoundPage />;
  const again = () => {
    queries.reset();
    void router.invalidate();
  };
  return (
    <>
      <PageTitle title={t('failed.title')} />
      <ProblemNote error={error} onRetry={again} />
    </>
  );
}
