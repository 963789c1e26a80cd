import type { Recital } from '@/api/recitals';

/** A stretch of the time line without sound. */
export interface Hole {
  start_ms: number;
  end_ms: number;
}

/** What is missing of a recital's sound: how many slices never came or could not be read, and where there is none. */
export function gapsOf({ gaps }: Pick<Recital, 'gaps'>): { lost: number; holes: Hole[] } {
  const holes = gaps.flatMap(({ start_ms, end_ms }) =>
    start_ms === undefined || end_ms === undefined ? [] : { start_ms, end_ms },
  );
  return { lost: gaps.filter(({ sequence }) => sequence !== undefined).length, holes };
}
