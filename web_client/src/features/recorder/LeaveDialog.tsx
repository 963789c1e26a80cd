import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/ConfirmDialog';

/** Asks who leaves the page while they record; what there is by then is kept. */
export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation('recorder');
  return (
    <ConfirmDialog
      open
      onOpenChange={onStay}
      title={t('leave.title')}
      description={t('leave.text')}
      confirm={t('leave.confirm')}
      onConfirm={onLeave}
    />
  );
}
