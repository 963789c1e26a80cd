import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/ConfirmDialog';

interface DiscardDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  discard: { isPending: boolean; mutate: () => void };
}

/** Asks whether a recital is really to be thrown away. */
export function DiscardDialog({ open, onOpenChange, discard }: DiscardDialogProps) {
  const { t } = useTranslation('recite');
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('discard.title')}
      description={t('discard.text')}
      confirm={t('discard.confirm')}
      busy={discard.isPending}
      onConfirm={() => discard.mutate()}
    />
  );
}
