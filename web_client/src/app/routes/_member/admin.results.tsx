import { createFileRoute } from '@tanstack/react-router';
import { AllResultsPage } from '@/features/admin/results/AllResultsPage';
import { readResultsSearch } from '@/features/admin/search';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/admin/results')({
  validateSearch: readResultsSearch,
  loader: () => loadTexts('admin', 'find'),
  component: AllResultsPage,
});
