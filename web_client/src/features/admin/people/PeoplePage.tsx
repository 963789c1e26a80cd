import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { PageTitle } from '@/components/PageTitle';
import { PlusIcon } from '@/components/pageIcons';
import { ApprovalsPart } from '../approvals/ApprovalsPart';
import { InviteDialog } from '../invites/InviteDialog';
import { InvitesList } from '../invites/InvitesList';
import { PeopleList } from './PeopleList';

const route = getRouteApi('/_member/admin/people');
const PART =
  'inline-flex min-h-11 items-center rounded-xl px-3 text-muted sm:px-4 hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink';

/** Who is here, who may come, and by which links. */
export function PeoplePage() {
  const { t } = useTranslation('admin');
  const { part, query, role } = route.useSearch();
  const navigate = route.useNavigate();
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <PageTitle
        title={t('people.title')}
        actions={
          <Button look="primary" onClick={() => setInviting(true)}>
            <PlusIcon />
            {t('invites.make')}
          </Button>
        }
      />
      <nav aria-label={t('people.parts')} className="mb-6 flex flex-wrap gap-1">
        <Part>{t('people.here')}</Part>
        <Part part="approvals">{t('approvals.title')}</Part>
        <Part part="invites">{t('invites.title')}</Part>
      </nav>
      {!part && (
        <PeopleList
          wanted={{ query, role }}
          onWant={(wanted) => void navigate({ search: wanted, replace: true })}
        />
      )}
      {part === 'approvals' && <ApprovalsPart />}
      {part === 'invites' && <InvitesList />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}

function Part({ part, children }: { part?: 'approvals' | 'invites'; children: string }) {
  return (
    <Link
      to="/admin/people"
      search={{ part }}
      // Without a part it is where there is none, whatever is searched for.
      activeOptions={{ explicitUndefined: true }}
      className={PART}
    >
      {children}
    </Link>
  );
}
