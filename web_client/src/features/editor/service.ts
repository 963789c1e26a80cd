/** One transcript as the API keeps it. */
import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Edited } from './Draft';
import type { WireOperation } from './text/operations';

export interface Place {
  resultId: string;
  transcriptId: string;
}

const pathOf = ({ resultId, transcriptId }: Place) => ({
  path: { result_id: resultId, transcript_id: transcriptId },
});

export function readText(place: Place, signal?: AbortSignal) {
  return answer(
    api.GET('/api/v1/results/{result_id}/transcripts/{transcript_id}', {
      params: pathOf(place),
      ...(signal ? { signal } : {}),
    }),
  );
}

export function sendEdits(place: Place, operations: WireOperation[], version: number): Promise<Edited> {
  return answer(
    api.POST('/api/v1/results/{result_id}/transcripts/{transcript_id}/edits', {
      params: { ...pathOf(place), header: { 'if-match': `"${version}"` } },
      body: { operations },
    }),
  );
}

/** The text to begin with: read anew at each beginning, and kept by the draft from then on. */
export function textQuery(place: Place) {
  return queryOptions({
    queryKey: ['transcript', place.transcriptId, 'to-edit'],
    queryFn: ({ signal }) => readText(place, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
