import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '@/components/Button';
import { CloseIcon } from '@/components/icons';
import { ProblemNote } from '@/components/ProblemNote';
import { RetryIcon, TrashIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import { useToast } from '@/components/Toast';
import { isolated } from '../isolated';
import { Letter } from './Letter';
import { PurgeDialog } from './PurgeDialog';
import { useQueueName } from './QueueName';
import { useDeadLetters, useRedrive } from './queues';

interface DeadLettersProps {
  name: string;
  /** How many there are, as near as is known. */
  count: number;
  onClose: () => void;
}

/** Messages of a queue that were received too often: read them, send them back, or delete them. */
export function DeadLetters({ name, count, onClose }: DeadLettersProps) {
  const { t } = useTranslation('admin');
  const call = useQueueName();
  const toast = useToast();
  const letters = useDeadLetters(name);
  const redrive = useRedrive(name);
  const [purging, setPurging] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // It opens below what was pressed, where nobody who listens would find it.
  useEffect(() => heading.current?.focus(), []);

  const sendBack = (ids: string[] | null) =>
    redrive.mutate(ids, {
      onSuccess: ({ redriven, left }) =>
        toast({
          text: `${t('letters.sentBack', { count: redriven })} ${t('letters.left', { count: left })}`,
        }),
    });
  const items = letters.data?.items ?? [];

  return (
    <section aria-labelledby="dead-letters" className="mb-12 rounded-2xl border border-line p-4 sm:p-6">
      <div className="flex items-start justify-between gap-4">
        <h2
          id="dead-letters"
          ref={heading}
          tabIndex={-1}
          className="pt-1.5 font-semibold text-xl outline-none"
        >
          {t('letters.title', { queue: isolated(call(name)) })}
        </h2>
        <IconButton label={t('letters.close')} className="-me-2" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </div>
      <p className="mt-1 max-w-prose text-muted">{t('letters.text')}</p>
      <div className="my-4 flex flex-wrap gap-2">
        <Button busy={letters.isFetching} onClick={() => void letters.refetch()}>
          {t('letters.again')}
        </Button>
        {items.length > 0 && (
          <>
            <Button busy={redrive.isPending} onClick={() => sendBack(null)}>
              <RetryIcon />
              {t('letters.redriveAll')}
            </Button>
            <Button look="quiet" className="!text-danger" onClick={() => setPurging(true)}>
              <TrashIcon />
              {t('letters.purge')}
            </Button>
          </>
        )}
      </div>
      {letters.isPending && <Spinner className="text-2xl" />}
      <ProblemNote error={letters.error} namespace="admin" />
      {letters.data && items.length === 0 && <p>{t('letters.empty')}</p>}
      {items.length > 0 && count > items.length && (
        <p className="mb-2 text-muted text-sm">{t('letters.oldest', { count: items.length })}</p>
      )}
      <ul className="flex flex-col gap-3">
        {items.map((letter) => (
          <Letter
            key={letter.id}
            letter={letter}
            busy={redrive.isPending}
            onRedrive={() => sendBack([letter.id])}
          />
        ))}
      </ul>
      {purging && <PurgeDialog name={name} onClose={() => setPurging(false)} />}
    </section>
  );
}
