import { createFileRoute } from '@tanstack/react-router';
import { DocumentPage } from '@/features/documents/DocumentPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/documents/$documentId')({
  loader: () => loadTexts('documents'),
  component: DocumentPage,
});
