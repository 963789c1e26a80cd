import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { ProblemNote } from '@/components/ProblemNote';
import { DiscardDialog } from '../DiscardDialog';
import type { Reading, Shown } from './reading';

interface FinishDialogProps {
  reading: Reading;
  shown: Shown;
}

/** Asks what is to become of what was read. */
export function FinishDialog({ reading, shown: { phase, last } }: FinishDialogProps) {
  const { t } = useTranslation('recite');
  const { isWhole } = reading;
  const [isDiscarding, setDiscarding] = useState(false);
  const save = useMutation({
    mutationFn: (withLast: boolean) => reading.save({ withLast }),
    meta: { shownInPlace: true },
  });
  const discard = useMutation({ mutationFn: () => reading.discard(), meta: { shownInPlace: true } });
  const isBusy = save.isPending || discard.isPending;
  if (phase !== 'asking' && !isBusy && !save.error && !discard.error) return null;
  return (
    <>
      <Dialog
        open={!isDiscarding}
        onOpenChange={() => reading.resume()}
        title={t(isWhole ? 'finish.whole' : 'finish.title')}
        description={t(last ? 'finish.text' : 'finish.nothing')}
      >
        {last && (
          <blockquote
            lang={reading.recital.language}
            dir="auto"
            className="line-clamp-4 border-accent border-s-4 ps-3 font-reading text-lg"
          >
            {last}
          </blockquote>
        )}
        <ProblemNote error={save.error ?? discard.error} namespace="recite" />
        <div className="flex flex-col gap-2">
          {last && (
            <>
              <Button look="primary" size="large" busy={save.isPending} onClick={() => save.mutate(true)}>
                {t('finish.save')}
              </Button>
              <Button busy={save.isPending} onClick={() => save.mutate(false)}>
                {t('finish.saveWithoutLast')}
              </Button>
            </>
          )}
          {isWhole ? (
            <Button onClick={() => reading.again()}>{t('finish.lastAgain')}</Button>
          ) : (
            <Button onClick={() => reading.resume()}>{t('finish.goOn')}</Button>
          )}
          <Button look="quiet" className="!text-danger" onClick={() => setDiscarding(true)}>
            {t('finish.discard')}
          </Button>
        </div>
      </Dialog>
      <DiscardDialog open={isDiscarding} onOpenChange={setDiscarding} discard={discard} />
    </>
  );
}
