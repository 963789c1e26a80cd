import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from '@/api/problem';
import { sessionQuery } from '@/api/session';

declare module '@tanstack/react-query' {
  interface Register {
    /** `shownInPlace`: whoever changes something shows its failure beside it; otherwise a toast does. */
    mutationMeta: { shownInPlace?: boolean };
  }
}

const TRIES = 2;

/** Make the keeper of server state; `tell` shows the failure of a change that nobody else shows. */
export function makeQueryClient(tell: (error: Error) => void): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failed, error) => failed < TRIES && error instanceof Problem && error.passes,
        retryDelay: (failed, error) =>
          1000 * (error instanceof Problem && error.retryAfter !== null ? error.retryAfter : 2 ** failed),
      },
      mutations: { networkMode: 'always' },
    },
    queryCache: new QueryCache({ onError: askAgainWhoIsSignedIn }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        askAgainWhoIsSignedIn(error);
        if (!mutation.meta?.shownInPlace) tell(error);
      },
    }),
  });

  /** A session can end while the page is open: signed out elsewhere, or too old. The guard sees it then. */
  function askAgainWhoIsSignedIn(error: Error): void {
    if (error instanceof Problem && error.status === 401) void client.invalidateQueries(sessionQuery);
  }

  return client;
}
