import { createFileRoute } from '@tanstack/react-router';
import { ResetPasswordPage } from '@/features/sign-in/ResetPasswordPage';
import { readWaySearch } from '@/features/sign-in/search';
import { loadTexts } from '../i18n';

export const Route = createFileRoute('/reset-password')({
  validateSearch: readWaySearch,
  loader: () => loadTexts('sign-in'),
  component: ResetPasswordPage,
});
