/** What was sent, what came back, and what is tried again. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import type { WebhooksSearch } from '../search';

export type Delivery = Schemas['DeliveryShown'];
export type Attempt = Schemas['AttemptShown'];

export const deliveriesKey = ['deliveries'];
/** A receiver has so long to answer; until then a message that is due is under way. */
const READ_AGAIN_MS = 4000;
const SOON_MS = 60_000;

export function useDeliveries({ endpoint, status }: WebhooksSearch) {
  return useInfiniteQuery({
    queryKey: [...deliveriesKey, { endpoint, status }],
    queryFn: ({ signal, pageParam }) => {
      const query = { endpoint_id: endpoint ?? null, status: status ?? null, limit: 50, cursor: pageParam };
      return answer(api.GET('/api/v1/deliveries', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some((item) => isDue(item))) ? READ_AGAIN_MS : false,
  });
}

export function useDelivery(id: string) {
  return useQuery({
    queryKey: [...deliveriesKey, id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/deliveries/{delivery_id}', { params: { path: { delivery_id: id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && isDue(data) ? READ_AGAIN_MS : false),
  });
}

export function useRedeliver(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/deliveries/{delivery_id}/redeliver', { params: { path: { delivery_id: id } } }),
      ),
    meta: { shownInPlace: true },
    onSuccess: () => queries.invalidateQueries({ queryKey: deliveriesKey }),
  });
}

/** Whether it is being sent, or will be within a minute: then there is soon something to see. */
export function isDue({ status, next_at }: Pick<Delivery, 'status' | 'next_at'>, now = Date.now()): boolean {
  return status === 'pending' && (next_at === null || Date.parse(next_at) - now < SOON_MS);
}
