import { useTranslation } from 'react-i18next';
import type { Recital } from '@/api/recitals';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { useToast } from '@/components/Toast';
import { useDisavow } from './useRecitals';

interface DisavowDialogProps {
  recital: Recital;
  open: boolean;
  onClose: () => void;
}

/** Asks before a recital is taken back, which can't be undone. */
export function DisavowDialog({ recital: { id, title }, open, onClose }: DisavowDialogProps) {
  const { t } = useTranslation('recitals');
  const toast = useToast();
  const disavow = useDisavow(id);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t('disavow.title')}
      description={t('disavow.text', { title: `\u2068${title}\u2069` })}
      confirm={t('disavow.confirm')}
      busy={disavow.isPending}
      error={disavow.error}
      onConfirm={() =>
        disavow.mutate(undefined, {
          onSuccess: () => {
            onClose();
            toast({ text: t('disavow.done') });
          },
        })
      }
    />
  );
}
