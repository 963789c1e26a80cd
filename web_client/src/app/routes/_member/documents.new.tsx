import { createFileRoute } from '@tanstack/react-router';
import { AddPage } from '@/features/documents/AddPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/documents/new')({
  loader: () => loadTexts('documents'),
  component: AddPage,
});
