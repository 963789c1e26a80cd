import { useTranslation } from 'react-i18next';
import type { Recital } from '@/api/recitals';
import { Button } from '@/components/Button';
import { PlayIcon, WarningIcon } from '@/components/pageIcons';
import { formatClock, formatNumber } from '@/lib/format';
import { gapsOf } from './gaps';

interface GapsProps {
  recital: Recital;
  onPlay: ((ms: number) => void) | null;
}

/** Whoever is about to listen for a gap wants to hear how it comes. */
const BEFORE_MS = 1500;

/** What is missing of the sound, if anything is. */
export function Gaps({ recital, onPlay }: GapsProps) {
  const { t, i18n } = useTranslation('recitals');
  const { lost, holes } = gapsOf(recital);
  if (lost === 0 && holes.length === 0) return null;
  return (
    <section aria-labelledby="gaps" className="mb-6 rounded-2xl bg-warning-soft p-4 sm:p-5">
      <h2 id="gaps" className="flex items-center gap-2 font-semibold text-lg">
        <WarningIcon className="text-warning" />
        {t('gaps.title')}
      </h2>
      {lost > 0 && (
        <p className="mt-1">{t('gaps.lost', { count: lost, shown: formatNumber(lost, i18n.language) })}</p>
      )}
      <ul className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {holes.map(({ start_ms, end_ms }) => {
          const between = { from: formatClock(start_ms), to: formatClock(end_ms) };
          return (
            <li key={start_ms}>
              {onPlay ? (
                <Button size="small" onClick={() => onPlay(Math.max(0, start_ms - BEFORE_MS))}>
                  <PlayIcon />
                  {t('gaps.hole', between)}
                </Button>
              ) : (
                t('gaps.hole', between)
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
