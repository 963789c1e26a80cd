import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sessionQuery } from '@/api/session';
import { AccountMenu } from './AccountMenu';
import { LanguageMenu } from './LanguageMenu';
import { Navigation } from './Navigation';
import { ThemeMenu } from './ThemeMenu';

export function Header() {
  const session = useQuery(sessionQuery).data;
  const signedIn = session?.user_id != null;
  return (
    <header className="border-line border-b bg-surface">
      <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-2 px-3 py-2 sm:gap-x-6 sm:px-6">
        <Link
          to="/"
          className="flex items-center gap-2.5 rounded-lg py-1 font-semibold text-lg tracking-tight"
        >
          <img src="/icon.svg" alt="" width={28} height={28} />
          Lectern
        </Link>
        {signedIn && <Navigation session={session} />}
        <div className="ms-auto flex items-center">
          <LanguageMenu />
          <ThemeMenu />
          {signedIn && <AccountMenu session={session} />}
        </div>
      </div>
    </header>
  );
}
