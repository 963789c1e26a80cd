/** Documents, as the API tells of them. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import { type Document, documentQuery } from '@/api/documents';
import type { operations } from '@/api/schema';
import type { Contents, NewDocument } from './newDocument';
import type { DocumentsSearch } from './search';

export type Summary = Schemas['DocumentSummary'];

const PAGE = 50;

/** Documents that one may read, the newest first. */
export function useDocuments({ q, language, mine = false, archived = false }: DocumentsSearch) {
  return useInfiniteQuery({
    queryKey: ['documents', 'list', { q, language, mine, archived }],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/documents', {
          params: {
            query: {
              q: q ?? null,
              language: language ?? null,
              mine,
              archived,
              limit: PAGE,
              cursor: pageParam,
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (before) => before,
  });
}

/** Something to read, of which sentences are left that nobody has read. */
export function useSuggest() {
  return useMutation({
    mutationFn: (language: string | null) =>
      answer(api.GET('/api/v1/documents/suggestion', { params: { query: { language } } })),
    meta: { shownInPlace: true },
  });
}

/** Who has read of a document; for its owner and for admins. */
export function useReaders(id: string) {
  return useInfiniteQuery({
    queryKey: ['documents', 'readers', id],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/documents/{document_id}/readers', {
          params: { path: { document_id: id }, query: { limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function useAdd() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: add,
    meta: { shownInPlace: true },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['documents', 'list'] }),
  });
}

function add({ contents, title, language, isPublic }: NewDocument): Promise<Document> {
  const about = { title: title || null, language: language || null, is_public: isPublic };
  if ('file' in contents) return addFile(contents, about);
  return answer(api.POST('/api/v1/documents', { body: { ...about, ...contents } }));
}

function addFile(
  { file, contentType }: Extract<Contents, { file: File }>,
  about: { title: string | null; language: string | null; is_public: boolean },
): Promise<Document> {
  return answer(
    api.POST('/api/v1/documents/file', {
      params: { query: about, header: { 'content-type': contentType } },
      body: '', // the generator knows bytes as text alone
      bodySerializer: () => file,
    }),
  );
}

/** What may be changed of a document. */
export type Change = operations['change_document']['requestBody']['content']['application/json'];

/** Change a document as it was seen; one that was changed since then is shown as it is now. */
export function useChange(id: string, etag: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Change) =>
      answer(
        api.PATCH('/api/v1/documents/{document_id}', {
          params: { path: { document_id: id }, header: { 'if-match': etag } },
          body,
        }),
      ),
    meta: { shownInPlace: true },
    onSettled: () => queries.invalidateQueries({ queryKey: ['documents'] }),
  });
}

export function useDocument(id: string) {
  return useQuery(documentQuery(id));
}
