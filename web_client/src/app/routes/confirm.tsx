import { createFileRoute } from '@tanstack/react-router';
import { ConfirmPage } from '@/features/sign-in/ConfirmPage';
import { readWaySearch } from '@/features/sign-in/search';
import { loadTexts } from '../i18n';

export const Route = createFileRoute('/confirm')({
  validateSearch: readWaySearch,
  loader: () => loadTexts('sign-in'),
  component: ConfirmPage,
});
