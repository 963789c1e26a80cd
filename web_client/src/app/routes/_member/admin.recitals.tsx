import { createFileRoute } from '@tanstack/react-router';
import { AllRecitalsPage } from '@/features/admin/recitals/AllRecitalsPage';
import { readRecitalsSearch } from '@/features/admin/search';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/admin/recitals')({
  validateSearch: readRecitalsSearch,
  loader: () => loadTexts('admin', 'recital'),
  component: AllRecitalsPage,
});
