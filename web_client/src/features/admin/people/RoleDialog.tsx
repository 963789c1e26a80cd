import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, useSession } from '@/api/session';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { ProblemNote } from '@/components/ProblemNote';
import { useToast } from '@/components/Toast';
import { isolated } from '../isolated';
import { nameOf, type Person, useChangeRole } from './people';
import { RoleChoice } from './RoleChoice';

/** Asks which role a person is to have, and says what that means before it is so. */
export function RoleDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const session = useSession();
  const toast = useToast();
  const change = useChangeRole(person);
  // Whoever waits for approval is most likely to be approved.
  const [role, setRole] = useState<Role>(person.role === 'none' ? 'speaker' : person.role);
  const name = isolated(nameOf(person));
  const losesOwn = person.id === session.user_id && person.role === 'admin' && role !== 'admin';

  const save = () =>
    change.mutate(role, {
      onSuccess: () => {
        toast({ text: t('role.changed', { name, role: t(`roles.${role}`) }) });
        onClose();
      },
    });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('role.title', { name })}
      description={t('role.text')}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look={losesOwn ? 'danger' : 'primary'}
            busy={change.isPending}
            disabled={role === person.role}
            onClick={save}
          >
            {t('role.save')}
          </Button>
        </>
      }
    >
      <RoleChoice
        value={role}
        onChange={(chosen) => {
          change.reset();
          setRole(chosen);
        }}
      />
      {losesOwn && (
        <p role="alert" className="rounded-xl bg-warning-soft px-4 py-3 text-warning">
          {t('role.own')}
        </p>
      )}
      <ProblemNote error={change.error} namespace="admin" />
    </Dialog>
  );
}
