/** Who is signed in on this page. */
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { answer, api, keepProof, type Schemas } from './client';
import { Problem } from './problem';

export type Session = Schemas['SessionShown'];
export type Role = Schemas['Role'];

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await answer(api.GET('/api/v1/auth/session', { signal }));
    keepProof(session.csrf_token);
    return session;
  },
  staleTime: 60_000,
});

/** The session; pages below the guard may rely on there being a person. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

const RANKS: Role[] = ['none', 'speaker', 'admin'];

/** Whether a person may do what a role may: each includes those before it. */
export function mayAct(session: Session, as: Role): boolean {
  return session.role != null && RANKS.indexOf(session.role) >= RANKS.indexOf(as);
}

/** End the session here, or everywhere. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ everywhere = false }: { everywhere?: boolean } = {}) => {
      const leaving = answer(api.POST(everywhere ? '/api/v1/auth/logout-all' : '/api/v1/auth/logout'));
      await leaving.catch((error: unknown) => {
        // The session had ended before, which is what was wished for.
        if (!(error instanceof Problem && error.status === 401)) throw error;
      });
    },
    onSuccess: () => {
      // Loaded anew rather than routed: nothing of this person may be left in memory.
      queries.clear();
      window.location.assign('/sign-in');
    },
  });
}
