import { createFileRoute } from '@tanstack/react-router';
import { QueuesPage } from '@/features/admin/queues/QueuesPage';
import { readQueuesSearch } from '@/features/admin/search';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/admin/queues')({
  validateSearch: readQueuesSearch,
  loader: () => loadTexts('admin'),
  component: QueuesPage,
});
