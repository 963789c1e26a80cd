import type { ReactNode } from 'react';

/** A key of the keyboard. */
export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-md border border-edge bg-raised px-2 py-0.5 font-sans text-sm">{children}</kbd>
  );
}
