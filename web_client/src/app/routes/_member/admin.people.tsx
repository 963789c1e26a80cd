import { createFileRoute } from '@tanstack/react-router';
import { PeoplePage } from '@/features/admin/people/PeoplePage';
import { readPeopleSearch } from '@/features/admin/search';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/admin/people')({
  validateSearch: readPeopleSearch,
  loader: () => loadTexts('admin'),
  component: PeoplePage,
});
