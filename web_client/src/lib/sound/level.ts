/** Reads how loud it is. */
const QUIETEST_DB = -60;

/** Below it nobody speaks, and most likely the microphone is off. */
export const SILENCE = 0.08;

/** The loudness of samples in dB below full scale. */
export function loudnessDb(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / samples.length || Number.MIN_VALUE);
}

/** A loudness in dB as a share, from 0 (nothing) to 1 (as loud as can be), even steps sounding even. */
export function shareOf(db: number): number {
  return Math.min(1, Math.max(0, 1 - db / QUIETEST_DB));
}

/** The loudness of samples as a share. */
export function levelOf(samples: Float32Array): number {
  return shareOf(loudnessDb(samples));
}
