import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { revokeShare, type Share, sharesQuery } from './shares';

interface RevokeDialogProps {
  resultId: string;
  share: Share;
  onClose: () => void;
}

/** Asks before a link ends for good. */
export function RevokeDialog({ resultId, share, onClose }: RevokeDialogProps) {
  const { t } = useTranslation('shares');
  const queries = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeShare(resultId, share.id),
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.invalidateQueries(sharesQuery(resultId));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('revoking.title')}
      description={t('revoking.text')}
      confirm={t('revoke')}
      busy={revoking.isPending}
      error={revoking.error}
      onConfirm={() => revoking.mutate()}
    />
  );
}
