import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { type Endpoint, useRemoveEndpoint } from './endpoints';

/** Asks before an endpoint goes, with the log of what it was told. */
export function RemoveDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const remove = useRemoveEndpoint(endpoint.id);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('remove.title')}
      description={t('remove.text')}
      confirm={t('remove.confirm')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
    />
  );
}
