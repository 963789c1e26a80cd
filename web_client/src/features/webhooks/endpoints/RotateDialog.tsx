import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { SecretDialog } from './EndpointDialog';
import { type Endpoint, useRotateSecret } from './endpoints';

/** Gives an endpoint another secret; both sign for a day, so that nothing is lost meanwhile. */
export function RotateDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const rotate = useRotateSecret(endpoint.id);
  if (rotate.data) return <SecretDialog secret={rotate.data.secret} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('rotate.title')}
      description={t('rotate.text')}
      confirm={t('rotate.confirm')}
      busy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate(undefined)}
    />
  );
}
