import { createFileRoute } from '@tanstack/react-router';
import { SpokenLanguageField } from '@/features/account/SpokenLanguageField';
import { SignUpPage } from '@/features/sign-in/SignUpPage';
import { readWaySearch } from '@/features/sign-in/search';
import { loadTexts } from '../i18n';

export const Route = createFileRoute('/sign-up')({
  validateSearch: readWaySearch,
  loader: () => loadTexts('sign-in', 'account'),
  component: () => <SignUpPage languageField={<SpokenLanguageField suggestOwn />} />,
});
