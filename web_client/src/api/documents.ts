/** Documents: texts to be read aloud. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from './client';

export type Document = Schemas['Document'];
export type Sentence = Schemas['SentenceShown'];

/** As many sentences as one answer holds. */
const MOST_SENTENCES = 500;

export function documentQuery(id: string) {
  return queryOptions({
    queryKey: ['documents', 'one', id],
    queryFn: async ({ signal }) => {
      const { data, response } = await api.GET('/api/v1/documents/{document_id}', {
        params: { path: { document_id: id } },
        signal,
      });
      return { document: data as Document, etag: response.headers.get('ETag') };
    },
  });
}

/** A document's sentences from its beginning on; nothing is asked for that isn't looked at. */
export function sentencesQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['documents', 'sentences', id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/documents/{document_id}/sentences', {
          params: { path: { document_id: id }, query: { limit: MOST_SENTENCES, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 60_000,
  });
}
