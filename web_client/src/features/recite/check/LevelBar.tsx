import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { LevelMeter, type ShowLevel } from '@/components/sound/LevelMeter';
import { shareOf } from '@/lib/sound/level';
import type { Meter } from '../sound/meter';

/** How loud it is at this moment. */
export function LevelBar({ meter }: { meter: Meter }) {
  const { t } = useTranslation('recite');
  const show = useRef<ShowLevel>(null);
  useEffect(() => meter.subscribe(({ db }) => show.current?.(shareOf(db))), [meter]);
  return <LevelMeter ref={show} label={t('level')} />;
}
