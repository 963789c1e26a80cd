import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/components/Button';
import { FieldFrame } from '@/components/Field';
import { positionOf } from '@/components/player/sound';
import { ClockIcon } from '../icons';
import { formatTime, parseTime } from './times';

interface TimeFieldProps {
  label: string;
  /** What the button says that takes the time at which the player is. */
  take: string;
  ms: number;
  bounds: { least: number; most: number };
  sound: HTMLMediaElement | null;
  onChange: (ms: number) => void;
}

/** A time to type, or to take from the player. It counts on leaving the field, or by Enter. */
export function TimeField({ label, take, ms, bounds, sound, onChange }: TimeFieldProps) {
  const { t } = useTranslation('editor');
  const [typed, setTyped] = useState(formatTime(ms));
  const [shown, setShown] = useState(ms);
  const [error, setError] = useState<string | null>(null);
  if (shown !== ms) {
    setShown(ms);
    setTyped(formatTime(ms));
    setError(null);
  }
  const commit = (written: string) => {
    setTyped(written);
    const wished = parseTime(written);
    if (wished === null) return setError(t('line.noTime'));
    const { least, most } = bounds;
    if (wished < least) return setError(t('line.tooEarly', { time: formatTime(least) }));
    if (wished > most) return setError(t('line.tooLate', { time: formatTime(most) }));
    setError(null);
    if (wished !== ms) onChange(wished);
  };
  return (
    <FieldFrame label={label} error={error} className="min-w-34 flex-1 text-sm sm:w-42 sm:flex-none">
      {(wiring) => (
        <div className="flex">
          <input
            {...wiring}
            dir="ltr"
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onBlur={() => commit(typed)}
            onKeyDown={({ key }) => key === 'Enter' && commit(typed)}
            className={`${wiring.className} tabular-nums`}
          />
          {sound && (
            <IconButton label={take} onClick={() => commit(formatTime(Math.round(positionOf(sound))))}>
              <ClockIcon />
            </IconButton>
          )}
        </div>
      )}
    </FieldFrame>
  );
}
