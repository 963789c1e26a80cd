import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { EmptyState } from '@/components/EmptyState';
import { Endless } from '@/components/list/Endless';
import { Mark } from '@/components/Mark';
import { ProblemNote } from '@/components/ProblemNote';
import { PeopleIcon } from '@/components/pageIcons';
import { formatDateTime, formatNumber } from '@/lib/format';
import { isolated } from '../isolated';
import { type Column, DataTable } from '../list/DataTable';
import { type Invite, standingOf, useInvites, useRevokeInvite } from './invites';

/** Every invite, those that have ended among them. */
export function InvitesList() {
  const { t } = useTranslation('admin');
  const [chosen, setChosen] = useState<Invite | null>(null);
  const columns = useColumns(setChosen);
  return (
    <>
      <Endless
        namespace="admin"
        list={useInvites()}
        empty={
          <EmptyState icon={<PeopleIcon />} title={t('invites.empty')}>
            {t('invites.text')}
          </EmptyState>
        }
      >
        {(invites) => (
          <DataTable caption={t('invites.title')} columns={columns} rows={invites} keyOf={({ id }) => id} />
        )}
      </Endless>
      {chosen && <Revocation invite={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function useColumns(choose: (invite: Invite) => void): Column<Invite>[] {
  const { t, i18n } = useTranslation('admin');
  return [
    {
      key: 'name',
      head: t('invites.name'),
      main: true,
      cell: ({ name }) => <bdi className="font-medium">{name}</bdi>,
    },
    { key: 'role', head: t('people.role'), cell: ({ role }) => t(`roles.${role}`) },
    {
      key: 'uses',
      head: t('invites.uses'),
      cell: ({ uses, most_uses }) =>
        t('invites.usesOf', {
          uses: formatNumber(uses, i18n.language),
          most: formatNumber(most_uses, i18n.language),
        }),
    },
    {
      key: 'until',
      head: t('invites.ends'),
      cell: ({ expires_at }) => (
        <time dateTime={expires_at}>{formatDateTime(expires_at, i18n.language)}</time>
      ),
    },
    {
      key: 'standing',
      head: t('invites.standing'),
      cell: (invite) => {
        const standing = standingOf(invite);
        return (
          <Mark look={standing === 'open' ? 'good' : 'plain'}>{t(`invites.standings.${standing}`)}</Mark>
        );
      },
    },
    {
      key: 'actions',
      head: t('actions'),
      actions: true,
      cell: (invite) =>
        standingOf(invite) === 'open' && (
          <Button aria-label={t('invites.revokeWhich', { name: invite.name })} onClick={() => choose(invite)}>
            {t('invites.revoke')}
          </Button>
        ),
    },
  ];
}

function Revocation({ invite, onClose }: { invite: Invite; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const revoke = useRevokeInvite();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('invites.revocation.title', { name: isolated(invite.name) })}
      description={t('invites.revocation.text')}
      confirm={t('invites.revoke')}
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate(invite.id, { onSuccess: onClose })}
    >
      <ProblemNote error={revoke.error} namespace="admin" />
    </ConfirmDialog>
  );
}
