import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { formatClock, formatDateTime } from '@/lib/format';
import { faultOf } from '@/lib/sound/faults';
import { openMicrophone } from '@/lib/sound/microphone';
import { DiscardDialog } from './DiscardDialog';
import type { Unsent } from './queue/outbox';
import { outbox } from './queue/page';
import { Refused } from './Refused';
import { endLeft } from './stage/begin';
import { FaultNote } from './stage/FaultNote';
import { Safety } from './stage/Safety';

interface LeftRecitalProps {
  unsent: Unsent;
  /** Go on with it; left out where what it is of is gone. */
  onGoOn?: (stream: MediaStream) => void;
}

/** A recital whose page was closed, or broke off: it waits to be gone on with, or to be ended. */
export function LeftRecital({ unsent, onGoOn }: LeftRecitalProps) {
  const { t, i18n } = useTranslation('recite');
  const { id, title, language, beganAt, soundMs } = unsent.recital;
  const [isDiscarding, setDiscarding] = useState(false);
  const open = useMutation({
    mutationFn: openMicrophone,
    meta: { shownInPlace: true },
    onSuccess: (stream) => onGoOn?.(stream),
  });
  const end = useMutation({ mutationFn: () => endLeft(id), meta: { shownInPlace: true } });
  const discard = useMutation({ mutationFn: () => outbox.end(id, 'discard') });
  const at = formatDateTime(new Date(beganAt).toISOString(), i18n.language);
  return (
    <section aria-labelledby="left" className="flex flex-col gap-5 rounded-2xl bg-surface p-5 sm:p-8">
      <div>
        <p className="text-muted">
          <bdi lang={language}>{title}</bdi>
        </p>
        <h2 id="left" className="font-semibold text-xl">
          {t('left.title')}
        </h2>
        <p className="mt-1 text-muted">{t('left.text', { at, length: formatClock(soundMs) })}</p>
      </div>
      <div className="text-muted text-sm">
        <Safety unsent={unsent} />
      </div>
      {unsent.error ? <Refused unsent={unsent} /> : null}
      {open.error && <FaultNote fault={faultOf(open.error)} />}
      <ProblemNote error={end.error} namespace="recite" />
      <div className="flex flex-wrap gap-2">
        {onGoOn && (
          <Button look="primary" busy={open.isPending} onClick={() => open.mutate()}>
            {t('left.goOn')}
          </Button>
        )}
        <Button busy={end.isPending} onClick={() => end.mutate()}>
          {t('left.end')}
        </Button>
        <Button look="quiet" className="!text-danger" onClick={() => setDiscarding(true)}>
          {t('finish.discard')}
        </Button>
      </div>
      <DiscardDialog open={isDiscarding} onOpenChange={setDiscarding} discard={discard} />
    </section>
  );
}
