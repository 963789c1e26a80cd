import { createFileRoute } from '@tanstack/react-router';
import { RecitalPage } from '@/features/recitals/RecitalPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/recitals/$recitalId')({
  loader: () => loadTexts('recitals', 'recital', 'player'),
  component: RecitalPage,
});
