import { createFileRoute } from '@tanstack/react-router';
import { ForgotPasswordPage } from '@/features/sign-in/ForgotPasswordPage';
import { readWaySearch } from '@/features/sign-in/search';
import { loadTexts } from '../i18n';

export const Route = createFileRoute('/forgot-password')({
  validateSearch: readWaySearch,
  loader: () => loadTexts('sign-in'),
  component: ForgotPasswordPage,
});
