import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  /** What it is for. */
  text?: ReactNode;
  children: ReactNode;
}

/** A part of the account: what it is on the one side, what can be done on the other. */
export function Section({ title, text, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-10 gap-y-5 border-line border-t py-8 md:grid-cols-[15rem_minmax(0,1fr)]"
    >
      <div>
        <h2 id={id} className="font-semibold text-lg">
          {title}
        </h2>
        {text && <p className="mt-1 text-muted text-sm">{text}</p>}
      </div>
      <div className="min-w-0 max-w-xl">{children}</div>
    </section>
  );
}
