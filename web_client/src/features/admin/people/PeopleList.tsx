import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, useSession } from '@/api/session';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { SelectField } from '@/components/Field';
import { Endless } from '@/components/list/Endless';
import { SearchField } from '@/components/list/SearchField';
import { When } from '@/components/list/When';
import { Mark } from '@/components/Mark';
import { Menu, MenuItem, MenuLink } from '@/components/Menu';
import { MoreIcon, PeopleIcon } from '@/components/pageIcons';
import { formatDate } from '@/lib/format';
import { type Column, DataTable } from '../list/DataTable';
import { ROLES } from '../search';
import { PersonName } from './PersonName';
import { nameOf, type Person, usePeople, type Wanted } from './people';
import { RoleDialog } from './RoleDialog';

interface PeopleListProps {
  wanted: Wanted;
  onWant: (wanted: Wanted) => void;
}

/** Who is here, and what they may do. */
export function PeopleList({ wanted, onWant }: PeopleListProps) {
  const { t } = useTranslation('admin');
  const [chosen, setChosen] = useState<Person | null>(null);
  const columns = useColumns(setChosen);
  return (
    <>
      <search className="mb-6 flex flex-col gap-4 sm:flex-row">
        <SearchField
          label={t('people.search')}
          hint={t('people.searchHint')}
          value={wanted.query ?? ''}
          onSearch={(query) => onWant({ ...wanted, query: query || undefined })}
          className="flex-1"
        />
        <SelectField
          label={t('people.role')}
          value={wanted.role ?? ''}
          onChange={({ target }) =>
            onWant({ ...wanted, role: (target.value || undefined) as Role | undefined })
          }
          className="sm:w-56"
        >
          <option value="">{t('people.everyRole')}</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`roles.${role}`)}
            </option>
          ))}
        </SelectField>
      </search>
      <Endless
        namespace="admin"
        list={usePeople(wanted)}
        empty={
          <EmptyState icon={<PeopleIcon />} title={t('people.empty.title')}>
            {t('people.empty.text')}
          </EmptyState>
        }
      >
        {(people) => (
          <DataTable caption={t('people.title')} columns={columns} rows={people} keyOf={({ id }) => id} />
        )}
      </Endless>
      {chosen && <RoleDialog key={chosen.id} person={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function useColumns(choose: (person: Person) => void): Column<Person>[] {
  const { t, i18n } = useTranslation('admin');
  const { user_id: own } = useSession();
  return [
    {
      key: 'person',
      head: t('people.person'),
      main: true,
      cell: (person) => <PersonName person={person} />,
    },
    {
      key: 'role',
      head: t('people.role'),
      cell: ({ id, role, leaves_at }) => (
        <span className="flex flex-wrap justify-end gap-1.5 sm:justify-start">
          <Mark look={role === 'admin' ? 'accent' : role === 'none' ? 'plain' : 'good'}>
            {t(`roles.${role}`)}
          </Mark>
          {id === own && <Mark>{t('people.you')}</Mark>}
          {leaves_at && (
            <Mark look="warning">{t('people.leaving', { date: formatDate(leaves_at, i18n.language) })}</Mark>
          )}
        </span>
      ),
    },
    { key: 'came', head: t('people.came'), cell: ({ created_at }) => <When at={created_at} /> },
    { key: 'seen', head: t('people.seen'), cell: ({ last_login_at }) => <When at={last_login_at} /> },
    {
      key: 'actions',
      head: t('actions'),
      actions: true,
      cell: (person) => <PersonActions person={person} onChangeRole={() => choose(person)} />,
    },
  ];
}

function PersonActions({ person, onChangeRole }: { person: Person; onChangeRole: () => void }) {
  const { t } = useTranslation('admin');
  const name = nameOf(person);
  return (
    <div className="flex items-center justify-between gap-1 sm:justify-end">
      {person.role === 'none' ? (
        <Button aria-label={t('people.approveWhom', { name })} onClick={onChangeRole}>
          {t('people.approve')}
        </Button>
      ) : (
        <Button className="sm:hidden" onClick={onChangeRole}>
          {t('people.changeRole')}
        </Button>
      )}
      <Menu icon={<MoreIcon />} label={t('people.more', { name })}>
        <MenuItem onSelect={onChangeRole}>{t('people.changeRole')}</MenuItem>
        <MenuLink>
          <Link to="/admin/audit" search={{ person: person.id }}>
            {t('people.did')}
          </Link>
        </MenuLink>
        <MenuLink>
          <Link to="/admin/audit" search={{ about: person.id }}>
            {t('people.undergone')}
          </Link>
        </MenuLink>
      </Menu>
    </div>
  );
}
