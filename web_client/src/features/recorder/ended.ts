/** Recordings that have ended and were neither sent nor thrown away. */
import { type Claim, claim } from '@/lib/claim';
import { countSlices, erase, type Recording, recordingsOf } from './tape';

/** A recording that has ended, held by this page. */
export interface Ended {
  recording: Recording;
  claim: Claim;
  /** It ended just now, before the eyes of whoever made it. */
  isFresh: boolean;
}

/** Under which name a page says that a recording is its own. */
export function claimName(session: string): string {
  return `lectern-recording-${session}`;
}

/** Claim what no other page records or shows; sessions that broke off before their first slice are cleared away. */
export async function findEnded(ownerId: string): Promise<Ended[]> {
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
