import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTabs, TAB } from '@/components/PageTabs';

/** From one way to look at what was sent to the other. */
export function ResultTabs() {
  const { t } = useTranslation('rendition');
  return (
    <PageTabs label={t('views.label')}>
      <Link to="/results" activeOptions={{ includeSearch: false }} className={TAB}>
        {t('views.list')}
      </Link>
      <Link to="/gallery" className={TAB}>
        {t('views.gallery')}
      </Link>
    </PageTabs>
  );
}
