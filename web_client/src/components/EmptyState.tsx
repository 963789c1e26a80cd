import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  /** What to do so that there is something. */
  children?: ReactNode;
  action?: ReactNode;
}

/** There is nothing here yet, and this is the way to something. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 py-16 text-center">
      {icon && <div className="text-4xl text-muted">{icon}</div>}
      <p className="font-semibold text-xl">{title}</p>
      {children && <div className="text-muted">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
