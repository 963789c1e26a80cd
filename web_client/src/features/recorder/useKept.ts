import { useEffect, useRef, useState } from 'react';
import type { Ended } from './ended';

/** Recordings that ended and were neither sent nor thrown away: of now, or of a page that was closed or crashed. */
export function useKept(ownerId: string) {
  const [kept, setKept] = useState<readonly Ended[]>([]);
  const held = useRef<Set<Ended> | null>(null);
  const finding = useRef<Promise<void>>(Promise.resolve());

  useEffect(() => {
    const mine = new Set<Ended>();
    held.current = mine;
    // One search after the other: the second must not find what the first still claims.
    finding.current = finding.current.then(async () => {
      // A browser that keeps nothing, as some do in private windows, has nothing to show.
      const found = await import('./studio').then(({ findEnded }) => findEnded(ownerId)).catch(() => []);
      if (held.current !== mine) {
        for (const one of found) one.claim.release();
        return;
      }
      for (const one of found) mine.add(one);
      setKept((before) => [...before, ...found]);
    });
    return () => {
      held.current = null;
      for (const one of mine) one.claim.release();
      setKept([]);
    };
  }, [ownerId]);

  const add = (ended: Ended) => {
    // It may end because its page was left; the next one is to find it then.
    if (!held.current) return ended.claim.release();
    held.current.add(ended);
    setKept((before) => [ended, ...before]);
  };
  const remove = (ended: Ended) => {
    held.current?.delete(ended);
    ended.claim.release();
    setKept((before) => before.filter((one) => one !== ended));
  };
  return { kept, add, remove };
}
