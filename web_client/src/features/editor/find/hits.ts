/** Where what is sought stands in the lines. */
import type { Line } from '../text/lines';
import { findAll, type Sought } from '../text/replacing';

export interface Hit {
  key: string;
  from: number;
  until: number;
}

export function hitsOf(lines: readonly Line[], sought: Sought): Hit[] {
  return lines.flatMap(({ key, text }) => findAll(text, sought).map((place) => ({ key, ...place })));
}

/** The hit that was at hand, or the first one after where it was; null where there is none. */
export function nearest(hits: readonly Hit[], order: ReadonlyMap<string, number>, last: Hit | null): number {
  if (!last || hits.length === 0) return hits.length > 0 ? 0 : -1;
  const line = order.get(last.key) ?? 0;
  const found = hits.findIndex(({ key, from }) => {
    const place = order.get(key) ?? 0;
    return place > line || (place === line && from >= last.from);
  });
  return Math.max(0, found);
}
