import type { ReactNode } from 'react';
import { classes } from './classes';

const LOOKS = {
  plain: 'bg-raised text-muted',
  accent: 'bg-accent-soft text-accent',
  good: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
};

/** A word that says how something stands. */
export function Mark({ look = 'plain', children }: { look?: keyof typeof LOOKS; children: ReactNode }) {
  return (
    <span className={classes('inline-block rounded-full px-2.5 py-0.5 text-sm', LOOKS[look])}>
      {children}
    </span>
  );
}
