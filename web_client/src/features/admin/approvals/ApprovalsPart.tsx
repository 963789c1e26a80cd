import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { EmptyState } from '@/components/EmptyState';
import { CheckIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { When } from '@/components/list/When';
import { Mark } from '@/components/Mark';
import { ProblemNote } from '@/components/ProblemNote';
import { isolated } from '../isolated';
import { type Column, DataTable } from '../list/DataTable';
import { ApprovalForm } from './ApprovalForm';
import { type Approval, useApprovals, useWithdraw } from './approvals';

/** Who will have a role from the first sign-in on. */
export function ApprovalsPart() {
  const { t } = useTranslation('admin');
  const [chosen, setChosen] = useState<Approval | null>(null);
  const columns: Column<Approval>[] = [
    {
      key: 'email',
      head: t('approvals.email'),
      main: true,
      cell: ({ email }) => <bdi className="font-medium">{email}</bdi>,
    },
    { key: 'role', head: t('people.role'), cell: ({ role }) => <Mark>{t(`roles.${role}`)}</Mark> },
    { key: 'at', head: t('approvals.at'), cell: ({ approved_at }) => <When at={approved_at} /> },
    {
      key: 'actions',
      head: t('actions'),
      actions: true,
      cell: (approval) => (
        <Button
          aria-label={t('approvals.withdrawWhose', { email: approval.email })}
          onClick={() => setChosen(approval)}
        >
          {t('approvals.withdraw')}
        </Button>
      ),
    },
  ];
  return (
    <>
      <p className="mb-6 max-w-prose text-muted">{t('approvals.text')}</p>
      <ApprovalForm />
      <Endless
        namespace="admin"
        list={useApprovals()}
        empty={<EmptyState icon={<CheckIcon />} title={t('approvals.empty')} />}
      >
        {(approvals) => (
          <DataTable
            caption={t('approvals.title')}
            columns={columns}
            rows={approvals}
            keyOf={({ email }) => email}
          />
        )}
      </Endless>
      {chosen && <Withdrawal email={chosen.email} onClose={() => setChosen(null)} />}
    </>
  );
}

function Withdrawal({ email, onClose }: { email: string; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const withdraw = useWithdraw();
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('approvals.withdrawal.title')}
      description={t('approvals.withdrawal.text', { email: isolated(email) })}
      confirm={t('approvals.withdraw')}
      busy={withdraw.isPending}
      onConfirm={() => withdraw.mutate(email, { onSuccess: onClose })}
    >
      <ProblemNote error={withdraw.error} namespace="admin" />
    </ConfirmDialog>
  );
}
