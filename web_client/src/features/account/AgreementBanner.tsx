import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { meQuery } from '@/api/me';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { useToast } from '@/components/Toast';
import { Banner } from './Banner';

/** Until the terms are agreed to nothing can be added; all that is there can be read. */
export function AgreementBanner({ agreement }: { agreement: Schemas['AgreementShown'] }) {
  const { t } = useTranslation('account');
  const toast = useToast();
  const queries = useQueryClient();
  const agreeing = useMutation({
    mutationFn: (version: string) => answer(api.POST('/api/v1/me/agreement', { body: { version } })),
    meta: { shownInPlace: true },
    onSuccess: (me) => {
      queries.setQueryData(meQuery.queryKey, me);
      toast({ text: t('agreement.done') });
    },
    // There may be a newer version by now.
    onError: () => void queries.invalidateQueries({ queryKey: meQuery.queryKey, exact: true }),
  });
  return (
    <Banner
      title={t('agreement.title')}
      action={
        <>
          <Button look="primary" busy={agreeing.isPending} onClick={() => agreeing.mutate(agreement.version)}>
            {t('agreement.agree')}
          </Button>
          {agreement.url && (
            <a
              href={agreement.url}
              target="_blank"
              rel="noreferrer"
              className="font-medium text-accent underline underline-offset-4"
            >
              {t('agreement.read')}
            </a>
          )}
        </>
      }
    >
      <p className="mt-1">{t('agreement.text', { version: agreement.version })}</p>
      <ProblemNote error={agreeing.error} namespace="account" className="mt-3" />
    </Banner>
  );
}
