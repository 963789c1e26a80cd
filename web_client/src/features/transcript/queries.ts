import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import type { ResultNews } from '@/api/events';

export type Result = Schemas['Result'];
export type TranscriptShown = Schemas['TranscriptShown'];
export type Word = Schemas['WordShown'];
export type Segment = Schemas['SegmentShown'];
export type TranscriptText = Pick<Schemas['TranscriptText'], 'version' | 'segments' | 'words'>;

const READ_AGAIN_MS = 2500;
/** News of pictures may be held back on their way to us. */
const SEE_AGAIN_MS = 20_000;

/** A result with one of its transcripts; without a wish the API chooses, and the next best one may be another. */
export function resultQuery(resultId: string, transcriptId: string | null) {
  const query = transcriptId === null ? {} : { transcript_id: transcriptId };
  return queryOptions({
    queryKey: ['result', resultId, transcriptId],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/results/{result_id}', { params: { path: { result_id: resultId }, query }, signal }),
      ),
    // The news tell how far it is; the words so far are in the result alone. The more there are, the rarer they are read.
    refetchInterval: ({ state: { data } }) => {
      if (data?.status === 'transcribing') return READ_AGAIN_MS + data.words.length / 2;
      return data?.pictures === 'under_way' && !isGoing(data) ? SEE_AGAIN_MS : false;
    },
  });
}

/** Show a text as it was corrected here; what else has come of that, such as its whole in one piece, is read anew. */
export function showCorrected(
  queries: QueryClient,
  resultId: string,
  transcriptId: string,
  { segments, words }: TranscriptText,
): void {
  const queryKey = ['result', resultId];
  queries.setQueriesData<Result>({ queryKey }, (result) =>
    result?.transcript_id === transcriptId ? { ...result, segments, words } : result,
  );
  void queries.invalidateQueries({ queryKey });
}

/** What the news say of a result, written into it. */
export function withNews(result: Result, { type: _type, ...news }: ResultNews): Result {
  return { ...result, ...news };
}

export function isUnderWay({ status }: Pick<Result, 'status'>): boolean {
  return status === 'received' || status === 'transcoding' || status === 'transcribing';
}

export function isEnded({ status }: Pick<Result, 'status'>): boolean {
  return status === 'completed' || status === 'failed';
}

/** Deleted, here or elsewhere: there is nothing to read any more. */
export function isGoing({ status }: Pick<Result, 'status'>): boolean {
  return status === 'deleting' || status === 'gone';
}

/** The address of one form of the content, which redirects to where it lies. */
export function renditionOf(result: Result, name: string): string | null {
  return result.renditions.find((rendition) => rendition.name === name)?.url ?? null;
}
