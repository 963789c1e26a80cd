import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/Field';
import { endpointsQuery } from '../endpoints/endpoints';

interface EndpointFilterProps {
  chosen: string | undefined;
  onChoose: (endpoint: string | undefined) => void;
}

/** Leaves the messages of one endpoint. */
export function EndpointFilter({ chosen, onChoose }: EndpointFilterProps) {
  const { t } = useTranslation('webhooks');
  const endpoints = useQuery(endpointsQuery).data?.items ?? [];
  return (
    <SelectField
      label={t('deliveries.endpoint')}
      value={chosen ?? ''}
      onChange={({ target }) => onChoose(target.value || undefined)}
      className="min-w-0 sm:w-72"
    >
      <option value="">{t('deliveries.everywhere')}</option>
      {endpoints.map(({ id, url, description }) => (
        <option key={id} value={id}>
          {description || url}
        </option>
      ))}
    </SelectField>
  );
}
