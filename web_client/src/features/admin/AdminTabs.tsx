import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTabs, TAB } from '@/components/PageTabs';

/** From one page of administration to the next. */
export function AdminTabs() {
  const { t } = useTranslation('admin');
  return (
    <PageTabs label={t('tabs.label')}>
      <Link to="/admin/people" className={TAB}>
        {t('people.title')}
      </Link>
      <Link to="/admin/results" className={TAB}>
        {t('results.title')}
      </Link>
      <Link to="/admin/recitals" className={TAB}>
        {t('recitals.title')}
      </Link>
      <Link to="/admin/queues" className={TAB}>
        {t('queues.title')}
      </Link>
      <Link to="/admin/audit" className={TAB}>
        {t('audit.title')}
      </Link>
    </PageTabs>
  );
}
