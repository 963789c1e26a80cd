/** Where programs of the caller's are told of events. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import { deliveriesKey } from '../deliveries/deliveries';

export type Endpoint = Schemas['EndpointShown'];
export type EndpointWish = Schemas['EndpointWish'];
export type EndpointChange = Schemas['EndpointChange'];
export type Event = Endpoint['events'][number];

export const EVENTS = [
  'result.completed',
  'result.failed',
  'recital.uploaded',
  'upload.rejected',
] as const satisfies readonly Event[];

export const endpointsQuery = queryOptions({
  queryKey: ['webhook-endpoints'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/webhook-endpoints', { signal })),
});

const at = (id: string) => ({ params: { path: { endpoint_id: id } } });

export function useMakeEndpoint() {
  return useChanging((body: EndpointWish) => answer(api.POST('/api/v1/webhook-endpoints', { body })));
}

export function useChangeEndpoint(id: string, { shownInPlace = true } = {}) {
  return useChanging(
    (body: EndpointChange) =>
      answer(api.PATCH('/api/v1/webhook-endpoints/{endpoint_id}', { ...at(id), body })),
    shownInPlace,
  );
}

export function useRemoveEndpoint(id: string) {
  return useChanging(() => answer(api.DELETE('/api/v1/webhook-endpoints/{endpoint_id}', at(id))));
}

export function useRotateSecret(id: string) {
  return useChanging(() => answer(api.POST('/api/v1/webhook-endpoints/{endpoint_id}/secret', at(id))));
}

/** A test is a message as any other: how it went is told where all are listed. */
export function useTryEndpoint(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/webhook-endpoints/{endpoint_id}/test', at(id))),
    onSuccess: () => queries.invalidateQueries({ queryKey: deliveriesKey }),
  });
}

/** What callbacks of uploads are signed by. It can be looked at again, so nothing keeps it meanwhile. */
export function useCallbackSecret() {
  return useMutation({
    mutationFn: () => answer(api.GET('/api/v1/webhook-endpoints/callback-secret')),
    meta: { shownInPlace: true },
    gcTime: 0,
  });
}

function useChanging<Wish, Told>(change: (wish: Wish) => Promise<Told>, shownInPlace = true) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    meta: { shownInPlace },
    // A secret is told once, and is not to stay in memory after its dialog has gone.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries(endpointsQuery),
  });
}
