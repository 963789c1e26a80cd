import type { ResultSummary } from '@/api/results';

const USUAL = 4 / 3;
/** What is wider or narrower than this is shown in part. */
const WIDEST = 2.2;
const NARROWEST = 0.6;

/** How wide a tile is for its height. */
export function shapeOf({ width, height }: Pick<ResultSummary, 'width' | 'height'>): number {
  const shape = width && height ? width / height : USUAL;
  return Math.min(WIDEST, Math.max(NARROWEST, shape));
}
