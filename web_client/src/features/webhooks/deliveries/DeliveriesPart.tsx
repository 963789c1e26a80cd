import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { SelectField } from '@/components/Field';
import { ListIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { When } from '@/components/list/When';
import { nameOfEvent } from '../nameOfEvent';
import { STATUSES, type WebhooksSearch } from '../search';
import { DeliveryDialog } from './DeliveryDialog';
import { type Delivery, useDeliveries } from './deliveries';
import { EndpointFilter } from './EndpointFilter';
import { StatusMark } from './StatusMark';

const route = getRouteApi('/_member/webhooks');

/** Every message, the newest first. */
export function DeliveriesPart() {
  const { t } = useTranslation('webhooks');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const want = (wanted: WebhooksSearch) => void navigate({ search: { ...search, ...wanted }, replace: true });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries" className="mb-4 font-semibold text-xl">
        {t('deliveries.title')}
      </h2>
      <search className="mb-4 flex flex-col gap-4 sm:flex-row sm:items-end">
        <EndpointFilter chosen={search.endpoint} onChoose={(endpoint) => want({ endpoint })} />
        <SelectField
          label={t('deliveries.status')}
          value={search.status ?? ''}
          onChange={({ target }) => want({ status: STATUSES.find((one) => one === target.value) })}
          className="sm:w-52"
        >
          <option value="">{t('deliveries.every')}</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`statuses.${status}`)}
            </option>
          ))}
        </SelectField>
      </search>
      <Endless
        namespace="webhooks"
        list={useDeliveries(search)}
        empty={
          <EmptyState icon={<ListIcon />} title={t('deliveries.empty.title')}>
            {t('deliveries.empty.text')}
          </EmptyState>
        }
      >
        {(deliveries) => (
          <ul className="divide-y divide-line border-line border-y">
            {deliveries.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => setChosen(delivery.id)} />
            ))}
          </ul>
        )}
      </Endless>
      {chosen && <DeliveryDialog id={chosen} onClose={() => setChosen(null)} />}
    </section>
  );
}

function DeliveryRow({ delivery, onOpen }: { delivery: Delivery; onOpen: () => void }) {
  const { t } = useTranslation('webhooks');
  return (
    <li>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={onOpen}
        className="flex w-full items-center justify-between gap-3 rounded-lg px-2 py-3 text-start hover:bg-raised"
      >
        <span className="min-w-0">
          <span className="block font-medium">{nameOfEvent(t, delivery.event)}</span>
          <span className="block truncate text-muted text-sm" dir="ltr">
            {delivery.url}
          </span>
          <span className="block text-muted text-sm">
            <When at={delivery.created_at} /> · {t('deliveries.attempts', { count: delivery.attempt_count })}
          </span>
        </span>
        <StatusMark status={delivery.status} />
      </button>
    </li>
  );
}
