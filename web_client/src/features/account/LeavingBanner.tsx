import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { meQuery } from '@/api/me';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { useToast } from '@/components/Toast';
import { formatDateTime } from '@/lib/format';
import { Banner } from './Banner';

/** An account that is about to be deleted, and the way to keep it. */
export function LeavingBanner({ leavesAt }: { leavesAt: string }) {
  const { t, i18n } = useTranslation('account');
  const toast = useToast();
  const queries = useQueryClient();
  const staying = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/me/stay')),
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: meQuery.queryKey, exact: true });
      toast({ text: t('leaving.stayed') });
    },
  });
  return (
    <Banner
      title={t('leaving.title', { at: formatDateTime(leavesAt, i18n.language) })}
      action={
        <Button look="primary" busy={staying.isPending} onClick={() => staying.mutate()}>
          {t('leaving.stay')}
        </Button>
      }
    >
      <p className="mt-1">{t('leaving.text')}</p>
      <ProblemNote error={staying.error} namespace="account" className="mt-3" />
    </Banner>
  );
}
