/** Links by which others may read a result without signing in. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Share = Schemas['ShareShown'];
export type ShareMade = Schemas['ShareMade'];

const pathOf = (resultId: string) => ({ result_id: resultId });

/** The shares of a result, the newest first, with those that have ended. */
export function sharesQuery(resultId: string) {
  return infiniteQueryOptions({
    queryKey: ['result', resultId, 'shares'],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/results/{result_id}/shares', {
          params: { path: pathOf(resultId), query: { limit: 20, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function makeShare(resultId: string, wish: Schemas['ShareWish']): Promise<ShareMade> {
  return answer(
    api.POST('/api/v1/results/{result_id}/shares', { params: { path: pathOf(resultId) }, body: wish }),
  );
}

export function revokeShare(resultId: string, shareId: string) {
  return answer(
    api.DELETE('/api/v1/results/{result_id}/shares/{share_id}', {
      params: { path: { ...pathOf(resultId), share_id: shareId } },
    }),
  );
}

/** How a share stands. */
export function standingOf(
  { revoked_at, expires_at }: Pick<Share, 'revoked_at' | 'expires_at'>,
  now = Date.now(),
): 'open' | 'revoked' | 'expired' {
  if (revoked_at !== null) return 'revoked';
  return expires_at !== null && new Date(expires_at).getTime() <= now ? 'expired' : 'open';
}
