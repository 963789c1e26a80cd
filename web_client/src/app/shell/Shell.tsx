import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Header } from './Header';
import { useNewVersion } from './useNewVersion';

/** What is around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('app');
  const main = useRef<HTMLElement>(null);
  const router = useRouter();
  useNewVersion();

  // Whoever listens is to hear that there is another page, and to go on from its beginning.
  useEffect(
    () =>
      router.subscribe('onResolved', ({ fromLocation, pathChanged }) => {
        if (fromLocation && pathChanged) main.current?.focus({ preventScroll: true });
      }),
    [router],
  );

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="-translate-y-20 fixed start-3 top-3 z-60 rounded-xl bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <Header />
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className="mx-auto w-full max-w-5xl flex-1 px-4 pt-6 pb-28 sm:px-6 sm:pt-10 sm:pb-16"
      >
        {children}
      </main>
    </div>
  );
}
