/** The versions of a transcript, as the API tells of them. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Version = Schemas['VersionShown'];
export type Change = Schemas['Difference'];

export interface Place {
  resultId: string;
  transcriptId: string;
}

const pathOf = ({ resultId, transcriptId }: Place) => ({
  result_id: resultId,
  transcript_id: transcriptId,
});

const PAGE = 30;

/** All versions, the newest first, down to the machine's. */
export function versionsQuery(place: Place) {
  return infiniteQueryOptions({
    queryKey: ['transcript', place.transcriptId, 'versions'],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/results/{result_id}/transcripts/{transcript_id}/versions', {
          params: { path: pathOf(place), query: { limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 0,
  });
}

/** What is different in a version from an earlier one. */
export function comparisonQuery(place: Place, from: number, to: number) {
  return queryOptions({
    queryKey: ['transcript', place.transcriptId, 'compare', from, to],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/results/{result_id}/transcripts/{transcript_id}/versions/{number}/compare', {
          params: { path: { ...pathOf(place), number: from }, query: { with: to } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY, // versions do not change
  });
}

/** Bring a version back, as one more, onto the one that is current. */
export function restore(place: Place, number: number, current: number) {
  return answer(
    api.POST('/api/v1/results/{result_id}/transcripts/{transcript_id}/versions/{number}/restore', {
      params: { path: { ...pathOf(place), number }, header: { 'if-match': `"${current}"` } },
    }),
  );
}
