import type { ReactNode } from 'react';
import { DownIcon } from './pageIcons';

interface DisclosureProps {
  summary: string;
  children: ReactNode;
}

/** What only some want to see, until it is asked for. */
export function Disclosure({ summary, children }: DisclosureProps) {
  return (
    <details className="group w-full text-sm">
      <summary className="inline-flex min-h-9 items-center gap-1 rounded-lg text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        {summary}
        <DownIcon className="transition-transform group-open:rotate-180" />
      </summary>
      <div className="pt-1 pb-2">{children}</div>
    </details>
  );
}
