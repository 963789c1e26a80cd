import type { RecitalsWanted } from '@/api/recitals';
import { FLAGS, RECITAL_STATUSES } from '@/api/recitalWords';

/** Which recitals a list shows, as its address says it. */
export type RecitalFilter = Pick<RecitalsWanted, 'status' | 'flag' | 'needs_review'>;

/** Read the filter of an address; what it doesn't know is left out. */
export function readRecitalFilter(search: Record<string, unknown>): RecitalFilter {
  return {
    status: RECITAL_STATUSES.find((status) => status === search.status),
    ...readMark(search),
  };
}

/** A flag says more than that there is one. */
function readMark({ flag, needs_review }: Record<string, unknown>): RecitalFilter {
  const known = FLAGS.find((one) => one === flag);
  if (known) return { flag: known };
  return typeof needs_review === 'boolean' ? { needs_review } : {};
}
