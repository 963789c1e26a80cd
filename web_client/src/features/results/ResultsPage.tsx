import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ListIcon } from '@/components/icons';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { ResultList } from './ResultList';
import { useResults } from './useResults';

/** Everything that was sent, newest first. */
export function ResultsPage() {
  const { t } = useTranslation('results');
  const { list, rows } = useResults();
  return (
    <>
      <PageTitle title={t('title')} />
      {list.isPending && <Spinner className="text-2xl text-muted" />}
      {!list.data && (
        <ProblemNote error={list.error} namespace="results" onRetry={() => void list.refetch()} />
      )}
      {rows && rows.length > 0 && (
        <ResultList
          rows={rows}
          total={list.hasNextPage ? null : rows.length}
          // After a failure it is the reader's to say when to try again.
          onNearEnd={() => {
            if (list.hasNextPage && !list.isFetching && !list.isFetchNextPageError) void list.fetchNextPage();
          }}
        />
      )}
      {rows?.length === 0 && !list.hasNextPage && <NothingYet />}
      {list.isFetchingNextPage && <Spinner className="mt-4 text-2xl text-muted" />}
      {list.isFetchNextPageError && (
        <ProblemNote
          error={list.error}
          namespace="results"
          onRetry={() => void list.fetchNextPage()}
          className="mt-4"
        />
      )}
    </>
  );
}

function NothingYet() {
  const { t } = useTranslation('results');
  return (
    <EmptyState
      icon={<ListIcon />}
      title={t('empty.title')}
      action={
        <Link to="/" className={buttonClasses('primary')}>
          {t('empty.action')}
        </Link>
      }
    >
      {t('empty.text')}
    </EmptyState>
  );
}
