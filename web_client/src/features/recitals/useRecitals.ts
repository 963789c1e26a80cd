import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { useNews } from '@/api/events';
import { type RecitalsWanted, recitalQuery, recitalsQuery } from '@/api/recitals';

/** One's own recitals, as they are now. */
export function useRecitals(wanted: RecitalsWanted) {
  useFreshness();
  return useInfiniteQuery({ ...recitalsQuery(wanted), placeholderData: (before) => before });
}

export function useRecital(id: string) {
  useFreshness();
  return useQuery(recitalQuery(id));
}

/** The news say of which recital they are and little more; they come a few times in a recital's life. */
function useFreshness(): void {
  const queries = useQueryClient();
  useNews(({ type }) => {
    if (type === 'recital' || type === 'reset') void queries.invalidateQueries({ queryKey: ['recitals'] });
  });
}

/** Take a recital back, with all that was recorded and made of it. */
export function useDisavow(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/recitals/{recital_id}', { params: { path: { recital_id: id } } })),
    meta: { shownInPlace: true },
    onSuccess: async () => {
      // Its result is gone, and that list only hears of it while it is open.
      queries.removeQueries({ queryKey: ['results', 'list'] });
      // What was read of it counts as read no more.
      void queries.invalidateQueries({ queryKey: ['documents'] });
      await queries.invalidateQueries({ queryKey: ['recitals'] });
    },
  });
}
