import type { ReactNode } from 'react';

interface PageTitleProps {
  /** The heading, and the name of the tab. */
  title: string;
  /** A line below it. */
  children?: ReactNode;
  /** Buttons at its end. */
  actions?: ReactNode;
  /** For pages whose look says what they are; screen readers get the heading all the same. */
  hidden?: boolean;
}

/** The heading of a page; every page has exactly one. */
export function PageTitle({ title, children, actions, hidden = false }: PageTitleProps) {
  return (
    <>
      <title>{`${title} · Lectern`}</title>
      {hidden ? (
        <h1 className="sr-only">{title}</h1>
      ) : (
        <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3 sm:mb-8">
          <div className="min-w-0">
            <h1 className="font-semibold text-3xl tracking-tight">{title}</h1>
            {children && <div className="mt-1.5 text-muted">{children}</div>}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </header>
      )}
    </>
  );
}
