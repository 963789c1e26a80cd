import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { shareOf } from '@/lib/sound/level';
import type { Meter } from '../sound/meter';

/** How loud it is at this moment. */
export function LevelBar({ meter }: { meter: Meter }) {
  const { t } = useTranslation('recite');
  const bar = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      meter.subscribe(({ db }) => {
        if (!bar.current) return;
        const share = Math.round(shareOf(db) * 100);
        bar.current.style.inlineSize = `${share}%`;
        bar.current.parentElement?.setAttribute('aria-valuenow', String(share));
      }),
    [meter],
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> can't be given our colours in every browser
    <div
      role="meter"
      aria-label={t('level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className="h-2 overflow-hidden rounded-full bg-raised"
    >
      <div ref={bar} className="h-full w-0 rounded-full bg-accent" />
    </div>
  );
}
