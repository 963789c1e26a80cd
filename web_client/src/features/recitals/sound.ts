import type { Recital } from '@/api/recitals';

/** Where a recital is heard, once its slices are one recording; null before. It redirects to where the file lies. */
export function soundOf({ id, status }: Pick<Recital, 'id' | 'status'>): string | null {
  if (status !== 'aggregated' && status !== 'uploaded') return null;
  // The one that every player plays comes last.
  return `/api/v1/recitals/${id}/files/${status === 'uploaded' ? 'light' : 'main'}`;
}

/** Where the outline of the sound is: what is made of the recording is there when all of the recital's files are. */
export function peaksOf({ result_id, status }: Pick<Recital, 'result_id' | 'status'>): string | null {
  return result_id && status === 'uploaded' ? `/api/v1/results/${result_id}/renditions/peaks` : null;
}
