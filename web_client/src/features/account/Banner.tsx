import { type ReactNode, useId } from 'react';

interface BannerProps {
  title: string;
  children: ReactNode;
  /** What can be done about it. */
  action: ReactNode;
}

export function Banner({ title, children, action }: BannerProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-6 rounded-2xl bg-accent-soft px-4 py-4 sm:mb-8 sm:px-5">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {children}
      <div className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-3">{action}</div>
    </section>
  );
}
