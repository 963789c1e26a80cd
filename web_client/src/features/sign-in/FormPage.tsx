import type { ReactNode } from 'react';
import { PageTitle } from '@/components/PageTitle';

export const LINK = 'font-medium text-accent underline underline-offset-4 hover:text-accent-strong';

interface FormPageProps {
  title: string;
  intro?: ReactNode;
  /** Other ways, below a line. */
  foot?: ReactNode;
  children: ReactNode;
}

/** A narrow page with one thing to do. */
export function FormPage({ title, intro, foot, children }: FormPageProps) {
  return (
    <div className="mx-auto w-full max-w-md sm:pt-8">
      <PageTitle title={title}>{intro}</PageTitle>
      {children}
      {foot && (
        <div className="mt-8 flex flex-col gap-3 border-line border-t pt-6 text-muted leading-8">{foot}</div>
      )}
    </div>
  );
}
