import { useTranslation } from 'react-i18next';
import { OnceDialog } from '@/components/copy/OnceDialog';
import { Dialog } from '@/components/Dialog';
import { InviteForm } from './InviteForm';
import { useMakeInvite } from './invites';

/** Makes an invite, and shows its link, this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const make = useMakeInvite();
  if (make.data)
    return (
      <OnceDialog
        title={t('invites.made.title')}
        text={t('invites.made.text')}
        label={t('invites.link')}
        value={make.data.link}
        done={t('invites.made.done')}
        onClose={onClose}
      />
    );
  return (
    <Dialog open onOpenChange={onClose} title={t('invites.make')} description={t('invites.text')}>
      <InviteForm
        busy={make.isPending}
        error={make.error}
        onSubmit={(wish) => make.mutate(wish)}
        onCancel={onClose}
      />
    </Dialog>
  );
}
