/** People and their roles, as the API tells of them to admins. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import { type Role, sessionQuery } from '@/api/session';

export type Person = Schemas['PersonShown'];

const PAGE = 50;

export interface Wanted {
  query?: string | undefined;
  role?: Role | undefined;
}

/** People, the newest first, by how their name or address begins and by their role. */
export function usePeople({ query, role }: Wanted) {
  return useInfiniteQuery({
    queryKey: ['admin', 'people', 'list', { query, role }],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/admin/people', {
          params: { query: { query: query ?? null, role: role ?? null, limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: (before) => before,
  });
}

/** What a person is called, as well as we know. */
export function nameOf({ name, email, id }: Pick<Person, 'name' | 'email' | 'id'>): string {
  return name ?? email ?? id;
}

/** Give a person another role. */
export function useChangeRole(person: Person) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (role: Role) =>
      answer(
        api.PATCH('/api/v1/admin/people/{person_id}', {
          params: { path: { person_id: person.id } },
          body: { role },
        }),
      ),
    meta: { shownInPlace: true },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['admin', 'people'] }),
        // It may have been one's own, and then there may be no more to see here.
        queries.invalidateQueries(sessionQuery),
        queries.invalidateQueries({ queryKey: ['me'] }),
      ]),
  });
}
