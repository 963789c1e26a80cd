import { useQuery } from '@tanstack/react-query';
import { useNews } from '@/api/events';
import { changes, LOOK_AGAIN_MS, lookAt } from '@/api/renditions';

/** How a form of a result's content stands; asked where it `isMissed`, and until it is there. */
export function useStanding(address: string, isMissed: boolean) {
  const query = useQuery({
    queryKey: ['rendition', address],
    queryFn: ({ signal }) => lookAt(address, signal),
    enabled: isMissed,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: ({ state }) => (state.data === 'awaited' ? LOOK_AGAIN_MS : false),
  });
  useNews((news) => {
    if (isMissed && query.data !== 'made' && changes(news, address)) void query.refetch();
  });
  return {
    standing: query.error ? null : (query.data ?? null),
    error: query.error,
    lookAgain: () => void query.refetch(),
  };
}
