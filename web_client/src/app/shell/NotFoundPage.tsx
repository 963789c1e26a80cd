import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { PageTitle } from '@/components/PageTitle';

export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <>
      <PageTitle title={t('notFound.title')}>{t('notFound.text')}</PageTitle>
      <Link to="/" className={buttonClasses('primary')}>
        {t('notFound.home')}
      </Link>
    </>
  );
}
