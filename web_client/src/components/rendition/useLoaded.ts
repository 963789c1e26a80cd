import { useState } from 'react';
import { useStanding } from './useStanding';

/** As often as an element may fail to load what is said to be there. */
const MOST_MISSES = 2;

/** Where a form is that an element loads: `asked` and `awaited`, before it can be. */
export type Loaded = 'there' | 'asked' | 'awaited' | 'failed';

/**
 * A form of a result's content, for an element that loads it and tells of its errors. Where it `isMade` as far as
 * anybody knows it is loaded at once, and asked for only should that fail. With each `turn` it is to be loaded anew.
 */
export function useLoaded(address: string, isMade: boolean) {
  const [misses, setMisses] = useState(0);
  const { standing, error, lookAgain } = useStanding(address, misses > 0 || !isMade);
  // What could not be asked about before it was made says nothing of it now.
  const isTrusted = isMade && misses === 0;
  const isThere = standing === 'made' || isTrusted;
  const hasFailed = !isTrusted && (error !== null || misses > MOST_MISSES);
  const state: Loaded = hasFailed
    ? 'failed'
    : isThere
      ? 'there'
      : standing === 'awaited'
        ? 'awaited'
        : 'asked';
  return {
    state,
    error: isTrusted ? null : error,
    turn: misses,
    onError: () => {
      setMisses(misses + 1);
      if (misses > 0) lookAgain();
    },
    onRetry: () => {
      setMisses(1);
      lookAgain();
    },
  };
}
