import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { recitalsQuery } from '@/api/recitals';
import { EmptyState } from '@/components/EmptyState';
import { MicrophoneIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { PageTitle } from '@/components/PageTitle';
import { RecitalFilters } from '@/components/recital/RecitalFilters';
import { PersonFilter } from '../audit/PersonFilter';
import { DataTable } from '../list/DataTable';
import type { RecitalsSearch } from '../search';
import { useRecitalColumns } from './useRecitalColumns';

const route = getRouteApi('/_member/admin/recitals');

/** What everybody has read aloud. */
export function AllRecitalsPage() {
  const { t } = useTranslation('admin');
  const { person, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const want = (search: RecitalsSearch) => void navigate({ search, replace: true });
  const list = useInfiniteQuery({
    ...recitalsQuery({ ...filter, owner: person }),
    placeholderData: (before) => before,
  });
  const columns = useRecitalColumns();
  // Where somebody is filtered by, each row names them.
  const owner = list.isPlaceholderData ? null : list.data?.pages[0]?.items[0]?.owner;
  return (
    <>
      <PageTitle title={t('recitals.title')}>{t('recitals.text')}</PageTitle>
      <search className="mb-6 flex flex-col gap-4 sm:flex-row sm:flex-wrap sm:items-end">
        <RecitalFilters filter={filter} onFilter={(filter) => want({ ...filter, person })} />
        <PersonFilter
          label={t('recitals.who')}
          id={person}
          name={owner?.name ?? owner?.email}
          onChoose={(person) => want({ ...filter, person })}
        />
      </search>
      <Endless
        namespace="admin"
        list={list}
        empty={
          <EmptyState icon={<MicrophoneIcon />} title={t('recitals.empty.title')}>
            {t('recitals.empty.text')}
          </EmptyState>
        }
      >
        {(recitals) => (
          <DataTable caption={t('recitals.title')} columns={columns} rows={recitals} keyOf={({ id }) => id} />
        )}
      </Endless>
    </>
  );
}
