import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ListIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { Length } from '@/components/list/Length';
import { When } from '@/components/list/When';
import { PageTitle } from '@/components/PageTitle';
import { formatSize } from '@/lib/format';
import { languageName } from '@/lib/languageName';
import { type Column, DataTable } from '../list/DataTable';
import { PersonName } from '../people/PersonName';
import { type Summary, useAllResults } from './allResults';
import { ResultStatus } from './ResultStatus';

/** What everybody has sent in. */
export function AllResultsPage() {
  const { t } = useTranslation('admin');
  const columns = useColumns();
  return (
    <>
      <PageTitle title={t('results.title')}>{t('results.text')}</PageTitle>
      <Endless
        namespace="admin"
        list={useAllResults()}
        empty={<EmptyState icon={<ListIcon />} title={t('results.empty')} />}
      >
        {(results) => (
          <DataTable caption={t('results.title')} columns={columns} rows={results} keyOf={({ id }) => id} />
        )}
      </Endless>
    </>
  );
}

function useColumns(): Column<Summary>[] {
  const { t, i18n } = useTranslation('admin');
  return [
    {
      key: 'title',
      head: t('results.name'),
      main: true,
      cell: ({ id, title, excerpt, language }) => (
        <>
          <Link
            to="/results/$resultId"
            params={{ resultId: id }}
            className="inline-flex min-h-11 items-center font-medium hover:underline"
          >
            <bdi>{title}</bdi>
          </Link>
          {excerpt && (
            <p dir="auto" lang={language ?? undefined} className="line-clamp-2 max-w-sm text-muted text-sm">
              {excerpt}
            </p>
          )}
        </>
      ),
    },
    { key: 'owner', head: t('results.owner'), cell: ({ owner }) => owner && <PersonName person={owner} /> },
    { key: 'status', head: t('results.status'), cell: (result) => <ResultStatus result={result} /> },
    {
      key: 'length',
      head: t('results.length'),
      cell: ({ duration_ms: length }) => (length === null ? '–' : <Length ms={length} />),
    },
    {
      key: 'language',
      head: t('results.language'),
      cell: ({ language }) => (language ? languageName(language, i18n.language) : '–'),
    },
    { key: 'size', head: t('results.size'), cell: ({ size }) => formatSize(size, i18n.language) },
    { key: 'sent', head: t('results.sent'), cell: ({ created_at }) => <When at={created_at} /> },
  ];
}
