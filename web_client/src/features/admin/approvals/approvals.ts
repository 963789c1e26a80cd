/** Roles given ahead to people who have not come yet. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Approval = Schemas['ApprovalShown'];
export type ApprovalWish = Schemas['ApprovalWish'];
/** What may be given ahead: no role at all needs no giving. */
export type GivenRole = NonNullable<ApprovalWish['role']>;

const KEY = ['admin', 'approvals'];

export function useApprovals() {
  return useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/admin/approvals', { params: { query: { limit: 50, cursor: pageParam } }, signal }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

/** Give a role to whoever has an address, now or when they come. */
export function useApprove() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ApprovalWish) => answer(api.POST('/api/v1/admin/approvals', { body })),
    meta: { shownInPlace: true },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: KEY }),
        queries.invalidateQueries({ queryKey: ['admin', 'people'] }),
      ]),
  });
}

export function useWithdraw() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (email: string) =>
      answer(api.DELETE('/api/v1/admin/approvals/{email}', { params: { path: { email } } })),
    meta: { shownInPlace: true },
    // Where it was refused the person has come meanwhile, and the list is old.
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
