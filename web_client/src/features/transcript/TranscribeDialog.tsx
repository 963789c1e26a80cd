import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { offerQuery } from './offer';
import type { Result } from './queries';
import { TranscribeFields } from './TranscribeFields';
import { readWish, type Wish } from './wish';

const route = getRouteApi('/_member/results/$resultId');

interface TranscribeDialogProps {
  result: Result;
  open: boolean;
  onClose: () => void;
}

/** Asks how a result is to be transcribed once more. */
export function TranscribeDialog({ result, open, onClose }: TranscribeDialogProps) {
  const { t } = useTranslation('transcript');
  const form = useId();
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const offer = useQuery({ ...offerQuery, enabled: open });
  const ask = useMutation({
    mutationFn: (body: Wish) =>
      answer(
        api.POST('/api/v1/results/{result_id}/transcribe', {
          params: { path: { result_id: result.id } },
          body,
        }),
      ),
    meta: { shownInPlace: true },
    onSuccess: async () => {
      onClose();
      // The new one is shown as soon as it is finished, unless the address names another.
      await navigate({ search: {}, replace: true });
      await queries.invalidateQueries({ queryKey: ['result', result.id] });
    },
  });
  const close = () => {
    ask.reset();
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    ask.mutate(readWish(new FormData(event.currentTarget)));
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={t('transcribe.title')}
      description={t('transcribe.text')}
      actions={
        <>
          <Button onClick={close}>{t('transcribe.cancel')}</Button>
          <Button look="primary" type="submit" form={form} busy={ask.isPending} disabled={!offer.data}>
            {t('transcribe.confirm')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {offer.data && <TranscribeFields offer={offer.data} result={result} />}
      </form>
      {offer.isPending && <Spinner className="text-2xl text-muted" />}
      <ProblemNote error={offer.error} onRetry={offer.refetch} />
      <ProblemNote error={ask.error} namespace="results" />
    </Dialog>
  );
}
