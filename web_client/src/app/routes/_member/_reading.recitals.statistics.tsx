import { createFileRoute } from '@tanstack/react-router';
import { StatisticsPage } from '@/features/standings/StatisticsPage';
import { readStatisticsSearch } from '@/features/standings/search';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/_reading/recitals/statistics')({
  validateSearch: readStatisticsSearch,
  loader: () => loadTexts('standings'),
  component: StatisticsPage,
});
