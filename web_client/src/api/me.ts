/** What is held about whoever is signed in. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from './client';

export type Me = Schemas['Me'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me', { signal })),
  staleTime: 60_000,
});

export function useMe() {
  return useQuery(meQuery);
}
