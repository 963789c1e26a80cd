import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import type { RecitalSummary } from '@/api/recitals';
import { classes } from '@/components/classes';
import { problemSentence } from '@/components/problemSentence';

interface ReasonProps {
  error: NonNullable<RecitalSummary['error']>;
  className?: string;
}

/** Why nothing came of a recital, or nothing yet. */
export function Reason({ error: { code, message }, className }: ReasonProps) {
  const { i18n } = useTranslation('recitals');
  const failure = new Problem({ code, status: 0, detail: message });
  return (
    <p className={classes('text-muted', className)}>
      <bdi>{problemSentence(failure, i18n, 'recitals')}</bdi>
    </p>
  );
}
