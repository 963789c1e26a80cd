import { createFileRoute } from '@tanstack/react-router';
import { RecitePage } from '@/features/recite/RecitePage';
import { readReciteSearch } from '@/features/recite/search';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/recite/$documentId')({
  validateSearch: readReciteSearch,
  loader: () => loadTexts('recite'),
  component: RecitePage,
});
