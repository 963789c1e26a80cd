import type { ResultsWanted } from '@/api/results';
import { OWN } from '@/components/results/queries';

/** What there is to be seen. */
export const SEEN: ResultsWanted = { ...OWN, kind: ['image', 'video'] };
