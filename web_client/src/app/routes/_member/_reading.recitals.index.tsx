import { createFileRoute } from '@tanstack/react-router';
import { readRecitalFilter } from '@/components/recital/filter';
import { RecitalsPage } from '@/features/recitals/RecitalsPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/_reading/recitals/')({
  validateSearch: readRecitalFilter,
  loader: () => loadTexts('recitals'),
  component: RecitalsPage,
});
