import { createFileRoute, redirect } from '@tanstack/react-router';
import { sessionQuery } from '@/api/session';
import { SignInPage } from '@/features/sign-in/SignInPage';
import { readSignInSearch } from '@/features/sign-in/search';
import { ownPath } from '@/lib/ownPath';
import { loadTexts } from '../i18n';

export const Route = createFileRoute('/sign-in')({
  validateSearch: readSignInSearch,
  beforeLoad: async ({ context, search }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session.user_id) throw redirect({ href: ownPath(search.to) ?? '/' });
  },
  loader: () => loadTexts('sign-in'),
  component: SignInPage,
});
