import { createFileRoute, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAct, useSession } from '@/api/session';
import { PageTitle } from '@/components/PageTitle';
import { AdminTabs } from '@/features/admin/AdminTabs';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/admin')({
  loader: () => loadTexts('admin'),
  component: Admin,
});

function Admin() {
  const { t } = useTranslation('app');
  if (!mayAct(useSession(), 'admin'))
    return <PageTitle title={t('adminOnly.title')}>{t('adminOnly.text')}</PageTitle>;
  return (
    <>
      <AdminTabs />
      <Outlet />
    </>
  );
}
