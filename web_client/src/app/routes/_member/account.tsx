import { createFileRoute } from '@tanstack/react-router';
import { meQuery } from '@/api/me';
import { AccountPage } from '@/features/account/AccountPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/account')({
  loader: ({ context }) => Promise.all([context.queries.ensureQueryData(meQuery), loadTexts('account')]),
  component: AccountPage,
});
