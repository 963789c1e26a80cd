import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatDuration } from '@/lib/format';
import type { Reading } from './reading';

/** How long the recital is. */
export function Clock({ reading }: { reading: Reading }) {
  const { t, i18n } = useTranslation('recite');
  const [ms, setMs] = useState(() => reading.positionMs());
  useEffect(() => {
    const timer = setInterval(() => setMs(reading.positionMs()), 250);
    return () => clearInterval(timer);
  }, [reading]);
  return (
    <p
      role="timer"
      aria-live="off"
      aria-label={t('recorded', { duration: formatDuration(ms, i18n.language) })}
      className="tabular-nums"
    >
      {formatClock(ms)}
    </p>
  );
}
