import { createFileRoute } from '@tanstack/react-router';
import { sessionQuery } from '@/api/session';
import { InvitePage } from '@/features/sign-in/InvitePage';
import { loadTexts } from '../i18n';

export const Route = createFileRoute('/invite')({
  loader: ({ context }) => Promise.all([context.queries.ensureQueryData(sessionQuery), loadTexts('sign-in')]),
  component: InvitePage,
});
