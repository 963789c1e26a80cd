import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { SelectField } from '@/components/Field';
import { ListIcon } from '@/components/icons';
import { PageTitle } from '@/components/PageTitle';
import { formatDateTime } from '@/lib/format';
import { type Column, DataTable } from '../list/DataTable';
import { Endless } from '../list/Endless';
import { useNames } from '../people/people';
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
        <PersonFilter label={t('audit.who')} id={search.person} onChoose={(person) => want({ person })} />
        <PersonFilter label={t('audit.about')} id={search.about} onChoose={(about) => want({ about })} />
      </search>
      <Endless
        list={useAuditLog(search)}
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
  const names = useNames();
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
    { key: 'who', head: t('audit.who'), cell: (entry) => <Actor entry={entry} names={names} /> },
    { key: 'about', head: t('audit.about'), cell: (entry) => <Subject entry={entry} names={names} /> },
    { key: 'details', head: t('audit.details'), cell: ({ details }) => <Details details={details} /> },
  ];
}
