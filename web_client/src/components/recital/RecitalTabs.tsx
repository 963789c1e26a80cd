import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTabs, TAB } from '@/components/PageTabs';

/** From one page about reading aloud to the next. */
export function RecitalTabs() {
  const { t } = useTranslation('recital');
  return (
    <PageTabs label={t('tabs.label')}>
      <Link to="/documents" className={TAB}>
        {t('tabs.documents')}
      </Link>
      <Link to="/recitals" activeOptions={{ exact: true, includeSearch: false }} className={TAB}>
        {t('tabs.recitals')}
      </Link>
      <Link to="/recitals/leaderboard" className={TAB}>
        {t('tabs.leaderboard')}
      </Link>
      <Link to="/recitals/statistics" className={TAB}>
        {t('tabs.statistics')}
      </Link>
      <Link to="/recitals/help" className={TAB}>
        {t('tabs.help')}
      </Link>
    </PageTabs>
  );
}
