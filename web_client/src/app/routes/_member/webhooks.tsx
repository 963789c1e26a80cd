import { createFileRoute } from '@tanstack/react-router';
import { readWebhooksSearch } from '@/features/webhooks/search';
import { WebhooksPage } from '@/features/webhooks/WebhooksPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/webhooks')({
  validateSearch: readWebhooksSearch,
  loader: () => loadTexts('webhooks'),
  component: WebhooksPage,
});
