/** What can be told of a sentence while its reader is still there to read it better. */
import type { Reading } from './meter';

/** Nothing as soft as this is speech; what is softer than the second is too far from the microphone. */
const SPEECH_DB = -52;
const QUIET_DB = -40;
/** Louder than this, what is heard between words disturbs. */
const NOISE_DB = -44;
/** How far speech has to rise above it. */
const RISE_DB = 12;
const FULL_SCALE = 0.985;
/** Nobody can be understood who reads more than about 28 letters a second. */
const HURRIED_MS_PER_CHARACTER = 35;
/** In how many readings there is speech at least where somebody speaks: 0.3 seconds. */
const SPOKEN_READINGS = 6;

export type Verdict = 'good' | 'nothing' | 'clipped' | 'quiet' | 'noisy' | 'fast';

export interface Heard {
  /** What is heard between the words, and the words, in dB. */
  floorDb: number;
  speechDb: number;
  isClipped: boolean;
}

export function heardIn(stretch: readonly Reading[]): Heard {
  const sorted = stretch.map(({ db }) => db).sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NEGATIVE_INFINITY;
  // Who reads fast pauses little: what is heard between words is in few readings.
  return { floorDb: at(0.05), speechDb: at(0.9), isClipped: stretch.some(({ peak }) => peak >= FULL_SCALE) };
}

/** Whether anybody spoke. */
export function isSpoken(stretch: readonly Reading[]): boolean {
  return stretch.filter(({ db }) => db > SPEECH_DB).length >= SPOKEN_READINGS;
}

/** What is worst about a stretch of speech. */
export function judgeSound(stretch: readonly Reading[]): Exclude<Verdict, 'fast'> {
  const { floorDb, speechDb, isClipped } = heardIn(stretch);
  if (speechDb < SPEECH_DB) return 'nothing';
  if (isClipped) return 'clipped';
  if (floorDb > NOISE_DB && speechDb - floorDb < RISE_DB) return 'noisy';
  return speechDb < QUIET_DB ? 'quiet' : 'good';
}

/** What to say of what is heard before reading: in a quiet room where nobody speaks yet, nothing is wrong. */
export function adviseOn(readings: readonly Reading[]): Exclude<Verdict, 'fast'> {
  const { floorDb, speechDb, isClipped } = heardIn(readings);
  const isFlat = speechDb - floorDb < RISE_DB;
  return isFlat && !isClipped && floorDb <= NOISE_DB ? 'nothing' : judgeSound(readings);
}

/** What is worst about a sentence that was read. */
export function judge(stretch: readonly Reading[], text: string, ms: number): Verdict {
  const sound = judgeSound(stretch);
  if (sound !== 'good') return sound;
  return ms < text.length * HURRIED_MS_PER_CHARACTER ? 'fast' : 'good';
}
