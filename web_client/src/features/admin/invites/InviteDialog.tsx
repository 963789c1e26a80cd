import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { CopyField } from './CopyField';
import { InviteForm } from './InviteForm';
import { useMakeInvite } from './invites';

/** Makes an invite, and shows its link, this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const make = useMakeInvite();
  if (make.data)
    return (
      <Dialog
        open
        isOnce
        onOpenChange={onClose}
        title={t('invites.made.title')}
        description={t('invites.made.text')}
        actions={
          <Button look="primary" onClick={onClose}>
            {t('invites.made.done')}
          </Button>
        }
      >
        <CopyField label={t('invites.link')} value={make.data.link} />
      </Dialog>
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
