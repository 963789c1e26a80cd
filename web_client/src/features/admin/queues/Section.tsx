import { type ReactNode, useId } from 'react';

/** A part of the page with a heading of its own. */
export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="mb-12">
      <h2 id={heading} className="font-semibold text-xl">
        {title}
      </h2>
      {text && <p className="mt-1 max-w-prose text-muted">{text}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
