import { useEffect, useEffectEvent } from 'react';
import { levelOf } from '@/lib/sound/level';

const EVERY_MS = 50;

/** Hear the level of a sound, twenty times a second while the page is seen. */
export function useLevel(analyser: AnalyserNode, onLevel: (level: number) => void): void {
  const told = useEffectEvent(onLevel);
  useEffect(() => {
    const samples = new Float32Array(analyser.fftSize);
    let frame = 0;
    let last = 0;
    const look = (now: number) => {
      frame = requestAnimationFrame(look);
      if (now - last < EVERY_MS) return;
      last = now;
      analyser.getFloatTimeDomainData(samples);
      told(levelOf(samples));
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [analyser]);
}
