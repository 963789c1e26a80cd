/** The question for what is being worked on and what was finished lately. */
import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Result = Schemas['ResultSummary'];

/** As many as can be under way at once for one person, and then some. */
const LATEST = 30;

/** News may be held back on its way to us. */
const RECHECK_MS = 10_000;

export const UNDER_WAY: readonly Result['status'][] = ['received', 'transcoding', 'transcribing'];

export const latestQuery = queryOptions({
  queryKey: ['results', 'latest'],
  // Without the signal: news comes thick, and a request that is outrun is better answered than broken off.
  queryFn: () => answer(api.GET('/api/v1/results', { params: { query: { owner: 'me', limit: LATEST } } })),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ status }) => UNDER_WAY.includes(status)) ? RECHECK_MS : false,
});
