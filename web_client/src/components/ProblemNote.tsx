import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { Button } from './Button';
import { classes } from './classes';
import { problemSentence } from './problemSentence';

interface ProblemNoteProps {
  /** A `Problem`, or whatever else was thrown; nothing is shown without one. */
  error: unknown;
  /** The feature whose texts know its codes better. */
  namespace?: string;
  /** Offered where trying again may help. */
  onRetry?: () => void;
  children?: ReactNode;
  className?: string;
}

/** A failure in a sentence that says what to do, with the id under which it is logged. */
export function ProblemNote({ error, namespace, onRetry, children, className }: ProblemNoteProps) {
  const { t, i18n } = useTranslation('components');
  if (error == null) return null;
  const requestId = error instanceof Problem && error.status >= 500 ? error.requestId : null;
  return (
    <div role="alert" className={classes('rounded-xl bg-danger-soft px-4 py-3', className)}>
      <p className="text-danger">{problemSentence(error, i18n, namespace)}</p>
      {requestId && (
        <p className="mt-1 text-sm">
          {t('requestId')} <code dir="ltr">{requestId}</code>
        </p>
      )}
      {children}
      {onRetry && (
        <Button size="small" className="mt-3" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}
