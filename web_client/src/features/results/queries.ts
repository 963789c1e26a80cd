import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Page } from './pages';

const PAGE = 50;

export function readPage(cursor: string | null, signal?: AbortSignal): Promise<Page> {
  // What others have sent, admins see with the rest of administration.
  const query = { owner: 'me' as const, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
  return answer(api.GET('/api/v1/results', { params: { query }, ...(signal ? { signal } : {}) }));
}

/**
 * The list. It is kept fresh by `LiveList`, not by asking for every page once more, which after scrolling through
 * ten thousand rows would be hundreds of requests.
 */
export const listQuery = infiniteQueryOptions({
  queryKey: ['results', 'list'],
  queryFn: ({ pageParam, signal }) => readPage(pageParam, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page: Page) => page.next_cursor,
  staleTime: Number.POSITIVE_INFINITY,
  // Pages that have not changed are the same objects; to compare ten thousand rows for that at each page takes long.
  structuralSharing: false,
});
