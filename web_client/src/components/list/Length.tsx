import { useTranslation } from 'react-i18next';
import { formatClock, formatDuration } from '@/lib/format';

/** How long something is: a clock to see, words to hear. */
export function Length({ ms }: { ms: number }) {
  const { i18n } = useTranslation();
  return (
    <span className="tabular-nums">
      <span aria-hidden="true">{formatClock(ms)}</span>
      <span className="sr-only">{formatDuration(ms, i18n.language)}</span>
    </span>
  );
}
