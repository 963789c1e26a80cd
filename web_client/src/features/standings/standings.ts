import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import type { Span } from './search';

export type Amount = Schemas['Amount'];
export type Day = Schemas['Day'];
export type Place = Schemas['Place'];

const PLACES = 50;

export const mineQuery = queryOptions({
  queryKey: ['recitals', 'statistics', 'mine'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/recitals/statistics/mine', { signal })),
});

export const totalsQuery = queryOptions({
  queryKey: ['recitals', 'statistics', 'totals'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/recitals/statistics/totals', { signal })),
});

export const leaderboardQuery = queryOptions({
  queryKey: ['recitals', 'statistics', 'leaderboard'],
  queryFn: ({ signal }) =>
    answer(
      api.GET('/api/v1/recitals/statistics/leaderboard', { params: { query: { limit: PLACES } }, signal }),
    ),
});

export function daysQuery(days: Span, mine: boolean) {
  return queryOptions({
    queryKey: ['recitals', 'statistics', 'days', days, mine],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/recitals/statistics/days', { params: { query: { days, mine } }, signal })),
  });
}
