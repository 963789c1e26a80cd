import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const TAB =
  'flex min-h-11 items-center border-transparent border-b-2 px-2 text-muted sm:px-3 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink';

/** From one page of administration to the next. */
export function AdminTabs() {
  const { t } = useTranslation('admin');
  return (
    <nav
      aria-label={t('tabs.label')}
      className="-mt-3 mb-6 flex flex-wrap border-line border-b sm:-mt-5 sm:mb-8"
    >
      <Link to="/admin/people" className={TAB}>
        {t('people.title')}
      </Link>
      <Link to="/admin/results" className={TAB}>
        {t('results.title')}
      </Link>
      <Link to="/admin/queues" className={TAB}>
        {t('queues.title')}
      </Link>
      <Link to="/admin/audit" className={TAB}>
        {t('audit.title')}
      </Link>
    </nav>
  );
}
