/** Results, as lists ask for them. */
import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from './client';
import type { paths } from './schema';

export type ResultSummary = Schemas['ResultSummary'];
export type ResultPage = Schemas['ResultPage'];
export type ResultStatus = ResultSummary['status'];
export type Hit = Schemas['HitShown'];
export type Snippet = Hit['snippet'];
export type Counts = Schemas['ResultCounts'];

/** Which results are wanted, and in which order; what is left out does not matter. */
export type ResultsWanted = NonNullable<paths['/api/v1/results/counts']['get']['parameters']['query']> &
  Pick<NonNullable<paths['/api/v1/results']['get']['parameters']['query']>, 'sort'>;

const PAGE = 50;

/** One page of a list of results: the first, or that after a cursor. */
export function readResults(
  wanted: ResultsWanted,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<ResultPage> {
  const query = { ...wanted, limit: PAGE, ...(cursor === null ? {} : { cursor }) };
  return answer(api.GET('/api/v1/results', { params: { query }, ...(signal ? { signal } : {}) }));
}

/** How many results there are in all, and by what they could be filtered by. */
export function countsQuery({ sort: _inAnyOrder, ...query }: ResultsWanted) {
  return queryOptions({
    queryKey: ['results', 'counts', query],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/results/counts', { params: { query }, signal })),
    placeholderData: (before) => before,
  });
}
