import { createFileRoute } from '@tanstack/react-router';
import { AllResultsPage } from '@/features/admin/results/AllResultsPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/admin/results')({
  loader: () => loadTexts('admin'),
  component: AllResultsPage,
});
