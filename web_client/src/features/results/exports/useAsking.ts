import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import { exportQuery, exportsQuery } from './exports';

/** Ask for one file of results. */
export function useAsking() {
  const queries = useQueryClient();
  return useMutation({
    meta: { shownInPlace: true },
    mutationFn: (body: Schemas['BundleWish']) => answer(api.POST('/api/v1/results/exports', { body })),
    onSuccess: (begun) => {
      queries.setQueryData(exportQuery(begun.id).queryKey, begun);
      queries.setQueryData(exportsQuery.queryKey, (before = []) => [begun, ...before]);
    },
  });
}
