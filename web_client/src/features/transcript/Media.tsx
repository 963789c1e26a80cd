import { lazy, Suspense } from 'react';
import { renditionAddress } from '@/api/renditions';
import type { Film } from '@/components/player/film';
import { Player } from '@/components/player/Player';
import { type Result, renditionOf } from './queries';

const SilentVideo = lazy(async () => ({ default: (await import('./SilentVideo')).SilentVideo }));
const WholePicture = lazy(async () => ({ default: (await import('./WholePicture')).WholePicture }));

interface MediaProps {
  result: Result;
  sound: HTMLMediaElement | null;
  onSound: (sound: HTMLMediaElement | null) => void;
  onStep: (by: number) => void;
}

/** What there is to be seen of a result, and to be heard. */
export function Media({ result, sound, onSound, onStep }: MediaProps) {
  const address = renditionOf(result, 'light');
  const film = filmOf(result);
  if (result.kind === 'image')
    return (
      result.status === 'completed' && (
        <Suspense>
          <WholePicture result={result} />
        </Suspense>
      )
    );
  if (address === null || result.duration_ms === null)
    return (
      film && (
        <Suspense>
          <SilentVideo film={film} />
        </Suspense>
      )
    );
  return (
    <Player
      address={address}
      peaksAddress={renditionOf(result, 'peaks')}
      durationMs={result.duration_ms}
      film={film}
      sound={sound}
      onSound={onSound}
      unit="word"
      onStep={onStep}
    />
  );
}

/** What is seen of a video, once that has been made; its sound and its text are there before. */
export function filmOf(result: Result): Film | null {
  const address = renditionOf(result, 'web');
  if (result.kind !== 'video' || address === null) return null;
  const { id, language, width, height } = result;
  const captions = renditionOf(result, 'captions');
  return { address, poster: renditionAddress(id, 'poster'), captions, language, width, height };
}
