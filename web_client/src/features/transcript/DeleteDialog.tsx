import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { useToast } from '@/components/Toast';
import type { Result } from './queries';

interface DeleteDialogProps {
  result: Result;
  open: boolean;
  onClose: () => void;
}

/** Asks before a result is deleted for good, and leads back to the list. */
export function DeleteDialog({ result, open, onClose }: DeleteDialogProps) {
  const { t } = useTranslation('transcript');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/results/{result_id}', { params: { path: { result_id: result.id } } })),
    meta: { shownInPlace: true },
    onSuccess: async () => {
      // Its row may lie on a page of the list that is not read anew by itself.
      queries.removeQueries({ queryKey: ['results', 'list'] });
      toast({ text: t('delete.done', { title: result.title }) });
      await navigate({ to: '/results' });
      queries.removeQueries({ queryKey: ['result', result.id] });
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t('delete.title')}
      description={t(result.kind === 'image' ? 'delete.picture' : 'delete.text', { title: result.title })}
      confirm={t('delete.confirm')}
      onConfirm={() => remove.mutate()}
      busy={remove.isPending}
      error={remove.error}
    />
  );
}
