import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { SelectField } from '@/components/Field';
import { ListIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { PageTitle } from '@/components/PageTitle';
import { formatDateTime } from '@/lib/format';
import { type Column, DataTable } from '../list/DataTable';
import { ACTIONS, type AuditSearch } from '../search';
import { Actor } from './Actor';
import { type Entry, useAuditLog } from './auditLog';
import { Details } from './Details';
import { PersonFilter } from './PersonFilter';
import { Subject } from './Subject';

const route = getRouteApi('/_member/admin/audit');

/** Who did what to whom. */
export function AuditPage() {
  const { t } = useTranslation('admin');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const want = (wanted: AuditSearch) => void navigate({ search: { ...search, ...wanted } });
  const columns = useColumns();
  const list = useAuditLog(search);
  // Where somebody is filtered by, each entry names them.
  const entry = list.data?.pages[0]?.items[0];
  return (
    <>
      <PageTitle title={t('audit.title')}>{t('audit.text')}</PageTitle>
      <search className="mb-6 flex flex-col gap-4 sm:flex-row sm:flex-wrap sm:items-end">
        <SelectField
          label={t('audit.action')}
          value={search.action ?? ''}
          onChange={({ target }) => want({ action: ACTIONS.find((one) => one === target.value) })}
          className="sm:w-64"
        >
          <option value="">{t('audit.everyAction')}</option>
          {ACTIONS.map((action) => (
            <option key={action} value={action}>
              {t(`audit.actions.${action}`)}
            </option>
          ))}
        </SelectField>
        <PersonFilter
          label={t('audit.who')}
          id={search.person}
          name={entry?.actor_name ?? entry?.actor_email}
          onChoose={(person) => want({ person })}
        />
        <PersonFilter
          label={t('audit.about')}
          id={search.about}
          name={entry?.subject_name ?? entry?.subject_email}
          onChoose={(about) => want({ about })}
        />
      </search>
      <Endless
        namespace="admin"
        list={list}
        empty={
          <EmptyState icon={<ListIcon />} title={t('audit.empty.title')}>
            {t('audit.empty.text')}
          </EmptyState>
        }
      >
        {(entries) => (
          <DataTable caption={t('audit.title')} columns={columns} rows={entries} keyOf={({ id }) => id} />
        )}
      </Endless>
    </>
  );
}

function useColumns(): Column<Entry>[] {
  const { t, i18n } = useTranslation('admin');
  return [
    {
      key: 'what',
      head: t('audit.what'),
      main: true,
      cell: ({ action, created_at }) => (
        <>
          <span className="block font-medium">{t(`audit.actions.${action}`)}</span>
          <time dateTime={created_at} className="block text-muted text-sm">
            {formatDateTime(created_at, i18n.language)}
          </time>
        </>
      ),
    },
    { key: 'who', head: t('audit.who'), cell: (entry) => <Actor entry={entry} /> },
    { key: 'about', head: t('audit.about'), cell: (entry) => <Subject entry={entry} /> },
    { key: 'details', head: t('audit.details'), cell: ({ details }) => <Details details={details} /> },
  ];
}
