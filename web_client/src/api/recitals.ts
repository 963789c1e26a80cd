/** Recitals: sessions in which a document is read aloud. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from './client';
import type { Flag, RecitalStatus } from './recitalWords';

export type Recital = Schemas['RecitalDetail'];
export type RecitalSummary = Schemas['RecitalSummary'];
export type RecitalSegment = Schemas['RecitalSegment'];

/** What is measured of a recital, and of each of its sentences; null is what could not be. */
export interface Measures {
  word_error_rate: number | null;
  seconds_per_character: number | null;
  clipping_share: number;
  rms_db: number;
  signal_to_noise_db: number | null;
  speech_share: number;
  leading_silence_ms: number;
  trailing_silence_ms: number;
  flags: string[];
}

/** The measures; those of another version of the service may lack some. */
export function measuresOf({ quality }: Pick<Recital | RecitalSegment, 'quality'>): Partial<Measures> | null {
  return quality as Partial<Measures> | null;
}

/** Which recitals are wanted; what is left out does not matter. */
export interface RecitalsWanted {
  status?: RecitalStatus | undefined;
  flag?: Flag | undefined;
  needs_review?: boolean | undefined;
  owner?: string | undefined;
}

const PAGE = 50;

/** Recitals, newest first: one's own, and to admins everybody's. */
export function recitalsQuery({ status, flag, needs_review, owner }: RecitalsWanted) {
  const wanted = {
    status: status ?? null,
    flag: flag ?? null,
    needs_review: needs_review ?? null,
    owner: owner ?? null,
  };
  return infiniteQueryOptions({
    queryKey: ['recitals', 'list', wanted],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/recitals', {
          params: { query: { ...wanted, limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function recitalQuery(id: string) {
  return queryOptions({
    queryKey: ['recitals', 'one', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/recitals/{recital_id}', { params: { path: { recital_id: id } }, signal })),
  });
}
