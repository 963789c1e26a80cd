import { useEffect, useEffectEvent } from 'react';
import { positionOf } from './sound';

const MOVES = ['seeking', 'seeked', 'timeupdate', 'loadedmetadata'] as const;

/** Call with the position at each frame while the sound plays, and whenever it is moved. Nothing is drawn anew by React. */
export function useMoments(sound: HTMLMediaElement | null, onMoment: (ms: number) => void): void {
  const tell = useEffectEvent(onMoment);
  useEffect(() => {
    if (!sound) return;
    let frame = 0;
    const now = () => tell(positionOf(sound));
    const run = () => {
      cancelAnimationFrame(frame);
      now();
      if (!sound.paused) frame = requestAnimationFrame(run);
    };
    sound.addEventListener('playing', run);
    for (const move of MOVES) sound.addEventListener(move, now);
    run();
    return () => {
      cancelAnimationFrame(frame);
      sound.removeEventListener('playing', run);
      for (const move of MOVES) sound.removeEventListener(move, now);
    };
  }, [sound]);
}
