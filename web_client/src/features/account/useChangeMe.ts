import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import { meQuery } from '@/api/me';
import { sessionQuery } from '@/api/session';

export type MeChange = Schemas['MeChange'];

/** Change what is held about whoever is signed in; what a change leaves out stays. */
export function useChangeMe({ shownInPlace = false } = {}) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: MeChange) => answer(api.PATCH('/api/v1/me', { body: change })),
    meta: { shownInPlace },
    onSuccess: (me) => {
      queries.setQueryData(meQuery.queryKey, me);
      void queries.invalidateQueries(sessionQuery);
    },
  });
}
