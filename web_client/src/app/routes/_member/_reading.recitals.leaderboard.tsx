import { createFileRoute } from '@tanstack/react-router';
import { LeaderboardPage } from '@/features/standings/LeaderboardPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/_reading/recitals/leaderboard')({
  loader: () => loadTexts('standings'),
  component: LeaderboardPage,
});
