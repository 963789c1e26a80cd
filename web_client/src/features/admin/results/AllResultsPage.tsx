import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { FindBar } from '@/components/find/FindBar';
import { useFound, useFoundText } from '@/components/find/Found';
import { isPlain, wantedOf } from '@/components/find/filter';
import { NothingFound } from '@/components/find/NothingFound';
import { useFilter } from '@/components/find/useFilter';
import { ListIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { PageTitle } from '@/components/PageTitle';
import { PersonFilter } from '../audit/PersonFilter';
import { DataTable } from '../list/DataTable';
import { useAllResults } from './allResults';
import { useResultColumns } from './useResultColumns';

const route = getRouteApi('/_member/admin/results');

/** What everybody has sent in. */
export function AllResultsPage() {
  const { t } = useTranslation('admin');
  const { person } = route.useSearch();
  const navigate = route.useNavigate();
  const [filter, change] = useFilter();
  const wanted = useMemo(() => ({ ...wantedOf(filter), ...(person && { owner: person }) }), [filter, person]);
  const list = useAllResults(wanted);
  const columns = useResultColumns();
  const isAll = isPlain(filter) && !person;
  const found = useFound(wanted, !isAll);
  const foundText = useFoundText();
  // Where somebody is filtered by, each row names them.
  const owner = list.isPlaceholderData ? null : list.data?.pages[0]?.items[0]?.owner;
  return (
    <>
      <PageTitle title={t('results.title')}>{t('results.text')}</PageTitle>
      <FindBar
        filter={filter}
        onChange={change}
        wanted={wanted}
        nameOfStatus={(status) => t(`results.statuses.${status}`)}
      >
        <PersonFilter
          label={t('results.owner')}
          id={person}
          name={owner?.name ?? owner?.email}
          onChoose={(person) =>
            void navigate({ search: (before) => ({ ...before, person }), replace: true, resetScroll: false })
          }
        />
      </FindBar>
      <p role="status" className="min-h-6 text-muted">
        {found && foundText(found)}
      </p>
      <Endless
        namespace="admin"
        list={list}
        empty={
          isAll ? (
            <EmptyState icon={<ListIcon />} title={t('results.empty')} />
          ) : (
            <NothingFound onChange={change} />
          )
        }
      >
        {(results) => (
          <DataTable caption={t('results.title')} columns={columns} rows={results} keyOf={({ id }) => id} />
        )}
      </Endless>
    </>
  );
}
