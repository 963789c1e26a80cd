import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/components/PageTitle';
import { Player } from '@/components/player/Player';
import { playFrom } from '@/components/player/sound';
import { FollowAgain } from '@/components/reading/FollowAgain';
import { useReading } from '@/components/reading/useReading';
import { directionOf } from '@/lib/direction';
import { Actions } from './Actions';
import { Facts } from './Facts';
import { type Result, renditionOf } from './queries';
import { Standing } from './Standing';
import { TranscriptChoice } from './TranscriptChoice';
import { paragraphsOf } from './text/paragraphs';
import { TranscriptText } from './text/TranscriptText';

interface ResultViewProps {
  result: Result;
  /** The transcript that the address names. */
  chosen: string | null;
}

/** A result, whatever state it is in. */
export function ResultView({ result, chosen }: ResultViewProps) {
  const { t } = useTranslation('transcript');
  const [sound, setSound] = useState<HTMLAudioElement | null>(null);
  const { segments, words } = result;
  const paragraphs = useMemo(() => paragraphsOf(segments, words), [segments, words]);
  const reading = useReading(words, sound, directionOf(result.language ?? 'en'));
  const { follow } = reading;
  const onPlay = useCallback(
    (ms: number) => {
      follow();
      if (sound) playFrom(sound, ms);
    },
    [sound, follow],
  );
  const address = renditionOf(result, 'light');
  return (
    <>
      <PageTitle
        // Set apart, so that a title in another direction does not disturb what stands beside it.
        title={`\u2068${result.title}\u2069`}
        actions={<Actions result={result} paragraphs={paragraphs} />}
      >
        <Facts result={result} />
      </PageTitle>
      <Standing result={result} />
      {result.transcripts.length > 1 && <TranscriptChoice result={result} chosen={chosen} />}
      {address && result.duration_ms !== null && (
        <Player
          address={address}
          peaksAddress={renditionOf(result, 'peaks')}
          durationMs={result.duration_ms}
          sound={sound}
          onSound={setSound}
          unit="word"
          onStep={reading.step}
        />
      )}
      {paragraphs.length > 0 && (
        <TranscriptText
          result={result}
          paragraphs={paragraphs}
          text={reading.text}
          onPlay={address ? onPlay : null}
        />
      )}
      {paragraphs.length === 0 && result.status === 'completed' && (
        <p className="text-muted">{result.duration_ms === null ? t('text.noSound') : t('text.none')}</p>
      )}
      {!reading.following && <FollowAgain unit="word" onFollow={follow} />}
    </>
  );
}
