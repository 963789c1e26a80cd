/** How far recitals have come, and what is marked of them, as addresses and texts of pages name it. */
import type { Schemas } from './client';

export type RecitalStatus = Schemas['RecitalStatus'];

export const RECITAL_STATUSES = [
  'active',
  'ended',
  'aggregated',
  'uploaded',
  'discarded',
] as const satisfies readonly RecitalStatus[];

/** What asks for a person's judgement, in the order in which the service names it. */
export const FLAGS = [
  'wrong_text',
  'wrong_language',
  'clipped',
  'silent',
  'noisy',
  'quiet',
  'little_speech',
  'long_silence',
  'too_fast',
  'too_slow',
] as const;
export type Flag = (typeof FLAGS)[number];

/** Flags that this page has words for; another version of the service may have more. */
export function knownFlags(flags: readonly string[]): Flag[] {
  return FLAGS.filter((flag) => flags.includes(flag));
}
