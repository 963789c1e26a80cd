/** Everybody's results, which the list of results is to admins. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Summary = Schemas['ResultSummary'];

/** How often the first page is looked at while something on it is under way. */
const EVERY = 10_000;
const AT_REST: readonly Summary['status'][] = ['completed', 'failed'];

export function useAllResults() {
  return useInfiniteQuery({
    queryKey: ['results', 'everybody'],
    queryFn: ({ signal, pageParam }) =>
      answer(api.GET('/api/v1/results', { params: { query: { limit: 50, cursor: pageParam } }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: ({ state }) => {
      // Further down every page would be asked for once more; whoever reads there reads what is old.
      const [first, ...others] = state.data?.pages ?? [];
      const moves = first?.items.some(({ status }) => !AT_REST.includes(status));
      return moves && others.length === 0 ? EVERY : false;
    },
  });
}
