import { createFileRoute } from '@tanstack/react-router';
import { HelpPage } from '@/features/recitals/help/HelpPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/_reading/recitals/help')({
  loader: () => loadTexts('recitals'),
  component: HelpPage,
});
