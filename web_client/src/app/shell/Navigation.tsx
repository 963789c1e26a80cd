import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAct, type Session } from '@/api/session';
import { BookIcon, HomeIcon, ListIcon, ShieldIcon } from '@/components/icons';

const LINK =
  'flex min-h-11 flex-1 items-center justify-center gap-2 rounded-lg px-2 text-muted sm:px-3 hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-accent phone:flex-col phone:gap-0.5 phone:py-1.5 phone:text-xs phone:[&>svg]:size-6';

/** The same in a list and in pictures. */
const SENT = /^\/(?:results|gallery)(?:\/|$)/;

/** Pages about reading aloud have one entry among them. */
const READING = /^\/(?:documents|recitals|recite)(?:\/|$)/;

/** Where one can go: beside the name on a desk, at the foot of a phone; nothing that the role may not see. */
export function Navigation({ session }: { session: Session }) {
  const { t } = useTranslation('app');
  const { pathname } = useLocation();
  return (
    <nav
      aria-label={t('nav.label')}
      className="flex phone:fixed phone:inset-x-0 phone:bottom-0 phone:z-30 phone:border-line phone:border-t phone:bg-surface phone:px-2 phone:pb-[env(safe-area-inset-bottom)]"
    >
      <Link to="/" className={LINK}>
        <HomeIcon />
        {t('nav.home')}
      </Link>
      <Link to="/results" className={LINK} aria-current={SENT.test(pathname) ? 'page' : undefined}>
        <ListIcon />
        {t('nav.results')}
      </Link>
      <Link to="/documents" className={LINK} aria-current={READING.test(pathname) ? 'page' : undefined}>
        <BookIcon />
        {t('nav.documents')}
      </Link>
      {mayAct(session, 'admin') && (
        <Link to="/admin" className={LINK}>
          <ShieldIcon />
          {t('nav.admin')}
        </Link>
      )}
    </nav>
  );
}
