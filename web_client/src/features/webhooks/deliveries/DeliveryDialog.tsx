import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { ProblemNote } from '@/components/ProblemNote';
import { RetryIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import { formatDateTime, formatSeconds } from '@/lib/format';
import { nameOfEvent } from '../nameOfEvent';
import { type Attempt, useDelivery, useRedeliver } from './deliveries';
import { StatusMark } from './StatusMark';

/** One message: what it says, and how each attempt at it went. */
export function DeliveryDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, i18n } = useTranslation('webhooks');
  const { data: delivery, error, refetch } = useDelivery(id);
  const again = useRedeliver(id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={delivery ? nameOfEvent(t, delivery.event) : t('delivery.title')}
      actions={
        <Button busy={again.isPending} disabled={!delivery} onClick={() => again.mutate()}>
          <RetryIcon />
          {t('delivery.again')}
        </Button>
      }
    >
      {!delivery && !error && <Spinner />}
      <ProblemNote error={error} namespace="webhooks" onRetry={() => void refetch()} />
      <ProblemNote error={again.error} namespace="webhooks" />
      {delivery && (
        <>
          <p className="flex flex-wrap items-center gap-2" role="status">
            <StatusMark status={delivery.status} />
            {delivery.next_at && (
              <span className="text-muted text-sm">
                {t('delivery.next', { at: formatDateTime(delivery.next_at, i18n.language) })}
              </span>
            )}
          </p>
          <p className="text-sm [overflow-wrap:anywhere]" dir="ltr">
            {delivery.url}
            <br />
            <code className="text-muted">{delivery.webhook_id}</code>
          </p>
          <section aria-label={t('delivery.attempts')}>
            <h3 className="mb-2 font-medium">{t('delivery.attempts')}</h3>
            {delivery.attempts.length === 0 && <p className="text-muted">{t('delivery.none')}</p>}
            <ol className="divide-y divide-line">
              {delivery.attempts.map((attempt) => (
                <AttemptRow key={attempt.number} attempt={attempt} />
              ))}
            </ol>
          </section>
          <section aria-label={t('delivery.payload')}>
            <h3 className="mb-2 font-medium">{t('delivery.payload')}</h3>
            <pre
              dir="ltr"
              className="max-h-64 overflow-y-auto whitespace-pre-wrap rounded-xl bg-raised p-3 text-start text-sm [overflow-wrap:anywhere]"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a long one is scrolled by keys
              tabIndex={0}
            >
              {JSON.stringify(delivery.payload, null, 2)}
            </pre>
          </section>
        </>
      )}
    </Dialog>
  );
}

function AttemptRow({ attempt: { number, at, status_code, error, took_ms } }: { attempt: Attempt }) {
  const { t, i18n } = useTranslation('webhooks');
  return (
    <li className="py-2 text-sm">
      <p>
        {t('delivery.attempt', { number })} · {formatDateTime(at, i18n.language)} ·{' '}
        {formatSeconds(took_ms, i18n.language)}
        {status_code !== null && ` · ${status_code}`}
      </p>
      {error && (
        <p className="text-danger" dir="auto">
          {error}
        </p>
      )}
    </li>
  );
}
