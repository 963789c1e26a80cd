import { createFileRoute } from '@tanstack/react-router';
import { AuditPage } from '@/features/admin/audit/AuditPage';
import { readAuditSearch } from '@/features/admin/search';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/admin/audit')({
  validateSearch: readAuditSearch,
  loader: () => loadTexts('admin'),
  component: AuditPage,
});
