import type { ReactNode } from 'react';

/** The classes of a link among `PageTabs`. */
export const TAB =
  'flex min-h-11 items-center border-transparent border-b-2 px-2 text-muted sm:px-3 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink';

/** Links from one page to the next of those that belong together. */
export function PageTabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="-mt-3 mb-6 flex flex-wrap border-line border-b sm:-mt-5 sm:mb-8">
      {children}
    </nav>
  );
}
