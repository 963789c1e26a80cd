import { createFileRoute } from '@tanstack/react-router';
import { DocumentsPage } from '@/features/documents/DocumentsPage';
import { readDocumentsSearch } from '@/features/documents/search';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/_reading/documents/')({
  validateSearch: readDocumentsSearch,
  loader: () => loadTexts('documents'),
  component: DocumentsPage,
});
