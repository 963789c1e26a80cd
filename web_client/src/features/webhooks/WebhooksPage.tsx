import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/components/PageTitle';
import { CallbackSecret } from './CallbackSecret';
import { DeliveriesPart } from './deliveries/DeliveriesPart';
import { EndpointsPart } from './endpoints/EndpointsPart';

/** How other programs are told of what happens here. */
export function WebhooksPage() {
  const { t } = useTranslation('webhooks');
  return (
    <>
      <PageTitle title={t('title')}>{t('text')}</PageTitle>
      <EndpointsPart />
      <CallbackSecret />
      <DeliveriesPart />
    </>
  );
}
