import { createFileRoute } from '@tanstack/react-router';
import { ResultsPage } from '@/features/results/ResultsPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/results/')({
  loader: () => loadTexts('results'),
  component: ResultsPage,
});
