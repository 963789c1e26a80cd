import { useQuery } from '@tanstack/react-query';
import { useNews } from '@/api/events';
import { Problem } from '@/api/problem';
import { changes, LOOK_AGAIN_MS, lookAt } from '@/api/renditions';

/** How a form of a result's content stands; asked where it `isMissed`, and until it is there. */
export function useStanding(address: string, isMissed: boolean) {
  const query = useQuery({
    queryKey: ['rendition', address],
    queryFn: ({ signal }) => lookAt(address, signal),
    enabled: isMissed,
    // What is there is shown, and not asked for once more whenever somebody comes back to the page.
    staleTime: ({ state }) => (state.data === 'made' ? Number.POSITIVE_INFINITY : 0),
    gcTime: 0,
    // Who is offline is told so.
    networkMode: 'always',
    refetchInterval: ({ state: { data, error } }) =>
      data === 'awaited' && !isFinal(error) ? LOOK_AGAIN_MS : false,
  });
  const standing = query.error ? null : (query.data ?? null);
  useNews((news) => {
    if (isMissed && standing !== 'made' && changes(news, address)) void query.refetch();
  });
  return {
    standing,
    error: query.error,
    lookAgain: () => void query.refetch(),
  };
}

/** Whether it would be answered the same however often it is asked, as of what was deleted. */
export function isFinal(error: Error | null): boolean {
  return error instanceof Problem && !error.passes;
}
