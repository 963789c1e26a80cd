import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { GlobeIcon } from '@/components/icons';
import { ProblemNote } from '@/components/ProblemNote';
import { PlusIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import { EndpointDialog } from './EndpointDialog';
import { EndpointRow } from './EndpointRow';
import { endpointsQuery } from './endpoints';

/** Every endpoint, and the way to another. */
export function EndpointsPart() {
  const { t } = useTranslation('webhooks');
  const endpoints = useQuery(endpointsQuery);
  const [isMaking, setIsMaking] = useState(false);
  const items = endpoints.data?.items;
  return (
    <section aria-labelledby="endpoints" className="mb-12">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 id="endpoints" className="font-semibold text-xl">
          {t('endpoints.title')}
        </h2>
        <Button look="primary" onClick={() => setIsMaking(true)}>
          <PlusIcon />
          {t('endpoints.make')}
        </Button>
      </div>
      {endpoints.isPending && <Spinner className="text-2xl text-muted" />}
      <ProblemNote error={endpoints.error} namespace="webhooks" onRetry={() => void endpoints.refetch()} />
      {items?.length === 0 && (
        <EmptyState icon={<GlobeIcon />} title={t('endpoints.empty.title')}>
          {t('endpoints.empty.text')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <ul className="divide-y divide-line border-line border-y">
          {items.map((endpoint) => (
            <EndpointRow key={endpoint.id} endpoint={endpoint} />
          ))}
        </ul>
      )}
      {isMaking && <EndpointDialog onClose={() => setIsMaking(false)} />}
    </section>
  );
}
