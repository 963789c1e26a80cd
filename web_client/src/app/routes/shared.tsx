import { createFileRoute } from '@tanstack/react-router';
import { sessionQuery } from '@/api/session';
import { SharedPage } from '@/features/shared/SharedPage';
import { loadTexts } from '../i18n';

export const Route = createFileRoute('/shared')({
  loader: ({ context }) =>
    Promise.all([context.queries.ensureQueryData(sessionQuery), loadTexts('shared', 'player')]),
  component: SharedPage,
});
