/** Everybody's results, which the list of results is to admins. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ResultsWanted, readResults } from '@/api/results';

export type { ResultSummary as Summary } from '@/api/results';

/** How often the first page is looked at while something on it is under way. */
const EVERY = 10_000;
const AT_REST: readonly string[] = ['completed', 'failed'];

export function useAllResults(wanted: ResultsWanted) {
  return useInfiniteQuery({
    queryKey: ['results', 'everybody', wanted],
    queryFn: ({ signal, pageParam }) => readResults(wanted, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => {
      // Further down every page would be asked for once more; whoever reads there reads what is old.
      const [first, ...others] = state.data?.pages ?? [];
      const moves = first?.items.some(({ status }) => !AT_REST.includes(status));
      return moves && others.length === 0 ? EVERY : false;
    },
  });
}
