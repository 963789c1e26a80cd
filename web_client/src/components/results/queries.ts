import { type InfiniteData, infiniteQueryOptions, type QueryClient } from '@tanstack/react-query';
import { type ResultsWanted, readResults } from '@/api/results';
import type { Page, Pages } from './pages';

/** What others have sent, admins see with the rest of administration. */
export const OWN: ResultsWanted = { owner: 'me' };

const LISTS = ['results', 'list'];
/** Of a longer list, those that may have changed are read again alone, even if somebody says that all may have. */
const MOST_READ_AGAIN = 10;

/**
 * A list. It is kept fresh by `LiveList`, not by asking for every page once more, which after scrolling through
 * ten thousand rows would be hundreds of requests.
 */
export function listQuery(wanted: ResultsWanted) {
  return infiniteQueryOptions({
    queryKey: [...LISTS, wanted],
    queryFn: ({ pageParam, signal }) => readResults(wanted, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page) => page.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: ({ state }) => (state.data?.pages.length ?? 0) <= MOST_READ_AGAIN,
    // Pages that have not changed are the same objects; to compare ten thousand rows for that at each page takes long.
    structuralSharing: false,
    // While another list is on its way, that which is there stays.
    placeholderData: (before: InfiniteData<Page, string | null> | undefined) => before,
  });
}

/** Change what is in memory of every list: a result may be in several. */
export function changeLists(queries: QueryClient, change: (pages: Pages) => Pages): void {
  queries.setQueriesData<Pages>({ queryKey: LISTS }, (pages) => pages && change(pages));
}
