import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClasses } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { FindBar } from '@/components/find/FindBar';
import { isPlain } from '@/components/find/filter';
import { NothingFound } from '@/components/find/NothingFound';
import { useFilter } from '@/components/find/useFilter';
import { ListIcon } from '@/components/icons';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import type { Summary } from '@/components/results/pages';
import { ResultTabs } from '@/components/results/ResultTabs';
import { Spinner } from '@/components/Spinner';
import { ListPart } from './ListPart';
import { useResults } from './useResults';

const Exports = lazy(async () => ({ default: (await import('./exports/Exports')).Exports }));

/** Everything that was sent: all of it, or what is searched for. */
export function ResultsPage() {
  const { t } = useTranslation('results');
  const [filter, change] = useFilter();
  const { list, rows, wanted } = useResults(filter);
  const [exporting, setExporting] = useState<readonly Summary[] | null>(null);
  // Once it was opened it stays, and tells when a file is ready.
  const [wasExporting, setWasExporting] = useState(false);
  const openExports = (results: readonly Summary[]) => {
    setExporting(results);
    setWasExporting(true);
  };
  const isEmpty = rows?.length === 0 && !list.hasNextPage;
  const isUnused = isEmpty && isPlain(filter);
  return (
    <>
      <ResultTabs />
      <PageTitle
        title={t('title')}
        actions={!isUnused && <Button onClick={() => openExports([])}>{t('exports.open')}</Button>}
      />
      {!isUnused && (
        <FindBar
          filter={filter}
          onChange={change}
          wanted={wanted}
          nameOfStatus={(status) => t(`status.${status}`)}
        />
      )}
      {list.isPending && <Spinner className="text-2xl text-muted" />}
      {!list.data && (
        <ProblemNote error={list.error} namespace="results" onRetry={() => void list.refetch()} />
      )}
      {!isUnused && (
        <ListPart list={list} rows={rows} filter={filter} wanted={wanted} onExport={openExports} />
      )}
      {isEmpty && (isUnused ? <NothingYet /> : <NothingFound onChange={change} />)}
      {list.isFetchingNextPage && <Spinner className="mt-4 text-2xl text-muted" />}
      {list.isFetchNextPageError && (
        <ProblemNote
          error={list.error}
          namespace="results"
          onRetry={() => void list.fetchNextPage()}
          className="mt-4"
        />
      )}
      {wasExporting && (
        <Suspense>
          <Exports results={exporting} onOpen={() => setExporting([])} onClose={() => setExporting(null)} />
        </Suspense>
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
