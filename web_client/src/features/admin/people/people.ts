/** People and their roles, as the API tells of them to admins. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import { type Role, sessionQuery } from '@/api/session';

export type Person = Schemas['PersonShown'];

const PAGE = 50;
/** As many as one answer holds. */
const MOST = 100;

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

/** One person by their id; nobody has it where they are gone or never were one. */
export function usePerson(id: string | undefined) {
  return useQuery({
    queryKey: ['admin', 'people', 'one', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/admin/people/{person_id}', { params: { path: { person_id: id ?? '' } }, signal }),
      ),
    enabled: id !== undefined,
  });
}

/**
 * How people are called, by their ids: every admin, who does most of what is noted, and the newest of the
 * others. The API has no way to ask for many ids at once, and a question for each would be a page full of them.
 */
export function useNames(): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['admin', 'people', 'names'],
    queryFn: async ({ signal }) => {
      const ask = (role: Role | null) =>
        answer(api.GET('/api/v1/admin/people', { params: { query: { role, limit: MOST } }, signal }));
      const pages = await Promise.all([ask('admin'), ask(null)]);
      return pages.flatMap(({ items }) => items);
    },
    staleTime: 60_000,
  });
  return new Map(data?.map((person) => [person.id, nameOf(person)]));
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
