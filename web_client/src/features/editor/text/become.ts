import { inserted, whole } from './inverse';
import type { Keys, Line } from './lines';
import type { Operation } from './operations';

/** What makes some lines, which follow each other, say what others say. */
export function become(
  now: readonly Line[],
  wished: readonly Line[],
  after: string | null,
  keys: Keys,
): Operation[] {
  const kept = Math.min(now.length, wished.length);
  const operations: Operation[] = now.slice(kept).map(({ key }) => ({ op: 'remove', key }));
  let anchor = after;
  for (const [at, wish] of wished.entries()) {
    const line = now[at];
    const key = line?.key ?? keys.next();
    operations.push(line ? whole({ ...wish, key }) : inserted({ ...wish, key }, anchor));
    anchor = key;
  }
  return operations;
}
