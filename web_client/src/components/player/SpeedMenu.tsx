import { useTranslation } from 'react-i18next';
import { Menu, MenuChoice } from '@/components/Menu';
import { formatNumber } from '@/lib/format';

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** How quickly it is played; voices keep their pitch. */
export function SpeedMenu({ sound, rate }: { sound: HTMLMediaElement | null; rate: number }) {
  const { t, i18n } = useTranslation('player');
  const name = (value: number) => `${formatNumber(value, i18n.language)}×`;
  return (
    <Menu
      label={t('speedIs', { speed: name(rate) })}
      icon={<span className="px-1 tabular-nums">{name(rate)}</span>}
    >
      <MenuChoice
        label={t('speed')}
        value={String(rate)}
        options={RATES.map((value) => ({ value: String(value), label: name(value) }))}
        onChange={(value) => {
          if (sound) sound.playbackRate = Number(value);
        }}
      />
    </Menu>
  );
}
