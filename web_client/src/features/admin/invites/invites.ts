/** Links that give a role to whoever follows them. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Invite = Schemas['InviteShown'];
export type InviteWish = Schemas['InviteWish'];

const KEY = ['admin', 'invites'];

export function useInvites() {
  return useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/admin/invites', { params: { query: { limit: 50, cursor: pageParam } }, signal }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function useMakeInvite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: InviteWish) => answer(api.POST('/api/v1/admin/invites', { body })),
    meta: { shownInPlace: true },
    // The link is good once, so it is not to stay in memory after its dialog has gone.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRevokeInvite() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE('/api/v1/admin/invites/{invite_id}', { params: { path: { invite_id: id } } })),
    meta: { shownInPlace: true },
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export type Standing = 'open' | 'used' | 'ended' | 'revoked';

/** Whether an invite still lets anybody in, and if not, why. */
export function standingOf(invite: Invite, now = Date.now()): Standing {
  if (invite.revoked_at) return 'revoked';
  if (new Date(invite.expires_at).getTime() <= now) return 'ended';
  return invite.uses >= invite.most_uses ? 'used' : 'open';
}
