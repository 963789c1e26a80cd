import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recital } from '@/api/recitals';
import { Player } from '@/components/player/Player';
import { playFrom } from '@/components/player/sound';
import { FollowAgain } from '@/components/reading/FollowAgain';
import { useReading } from '@/components/reading/useReading';
import { directionOf } from '@/lib/direction';
import { Gaps } from './Gaps';
import { Quality } from './quality/Quality';
import { SentenceList } from './SentenceList';
import { peaksOf, soundOf } from './sound';

/** What was recorded: its sound, how well it was read, and each sentence. */
export function Recording({ recital }: { recital: Recital }) {
  const { t } = useTranslation('recitals');
  const [sound, setSound] = useState<HTMLMediaElement | null>(null);
  // Whoever listens is not to be interrupted when a smaller file of the same sound is there.
  const [address, setAddress] = useState(() => soundOf(recital));
  const now = soundOf(recital);
  if (address === null && now !== null) setAddress(now);
  const { segments, duration_ms: length } = recital;
  const heard = useMemo(
    () => segments.filter(({ start_ms }) => start_ms < (length ?? 0)),
    [segments, length],
  );
  const reading = useReading(heard, sound, directionOf(recital.language));
  const { follow } = reading;
  const onPlay = useCallback(
    (ms: number) => {
      follow();
      if (sound) playFrom(sound, ms);
    },
    [sound, follow],
  );
  return (
    <>
      {address && length !== null && (
        <Player
          address={address}
          peaksAddress={peaksOf(recital)}
          durationMs={length}
          sound={sound}
          onSound={setSound}
          unit="sentence"
          onStep={reading.step}
        />
      )}
      <Gaps recital={recital} onPlay={address ? onPlay : null} />
      <Quality recital={recital} />
      {segments.length > 0 && (
        <SentenceList
          segments={segments}
          heardCount={address ? heard.length : 0}
          language={recital.language}
          text={reading.text}
          onPlay={address ? onPlay : null}
        />
      )}
      {segments.length === 0 && recital.status === 'active' && (
        <p className="text-muted">{t('sentences.none')}</p>
      )}
      {!reading.following && <FollowAgain unit="sentence" onFollow={follow} />}
    </>
  );
}
