import { useEffect, useRef, useState } from 'react';
import { claim } from '@/lib/claim';
import { countSlices, erase, recordingsOf } from './tape';
import { claimName, type Ended } from './useRecorder';

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
      const found = await findEnded(ownerId).catch(() => []);
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

/** Claim what no other page records or shows; sessions that broke off before their first slice are cleared away. */
async function findEnded(ownerId: string): Promise<Ended[]> {
  const found: Ended[] = [];
  for (const recording of await recordingsOf(ownerId)) {
    const mine = await claim(claimName(recording.session));
    if (!mine) continue;
    if ((await countSlices(recording.session)) > 0) {
      found.push({ recording, claim: mine, isFresh: false });
    } else {
      await erase(recording.session);
      mine.release();
    }
  }
  return found;
}
