import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import { type ResultNews, useNews } from '@/api/events';

export type Result = Schemas['ResultSummary'];

/** As many as can be under way at once for one person, and then some. */
const LATEST = 30;
const DAY_MS = 86_400_000;
const MOST_FINISHED = 5;

/** News is not told of what others own, which admins see as well; that is asked for. */
const RECHECK_MS = 10_000;

const UNDER_WAY: readonly Result['status'][] = ['received', 'transcoding', 'transcribing'];

const latestQuery = queryOptions({
  queryKey: ['results', 'latest'],
  // Without the signal: news comes thick, and a request that is outrun is better answered than broken off.
  queryFn: () => answer(api.GET('/api/v1/results', { params: { query: { limit: LATEST } } })),
  refetchInterval: ({ state }) =>
    state.data?.items.some(({ status }) => UNDER_WAY.includes(status)) ? RECHECK_MS : false,
});

/** What is being worked on, what failed lately and what was finished lately; kept up by news. */
export function useLatestResults() {
  const queries = useQueryClient();
  const latest = useQuery(latestQuery);

  useNews((news) => {
    if (news.type === 'upload') return; // the result that it becomes is told of by itself
    if (news.type === 'result') {
      const known = queries.getQueryData(latestQuery.queryKey);
      if (known?.items.some(({ id }) => id === news.id)) {
        queries.setQueryData(latestQuery.queryKey, withNews(known, news));
        return;
      }
    }
    void queries.invalidateQueries({ queryKey: latestQuery.queryKey });
  });

  const items = latest.data?.items ?? [];
  const since = Date.now() - DAY_MS;
  const isRecent = ({ created_at }: Result) => new Date(created_at).getTime() > since;
  return {
    error: latest.error,
    refetch: latest.refetch,
    isPending: latest.isPending,
    underWay: items.filter(({ status }) => UNDER_WAY.includes(status)),
    failed: items.filter((result) => result.status === 'failed' && isRecent(result)),
    finished: items.filter(({ status }) => status === 'completed').slice(0, MOST_FINISHED),
  };
}

/** A page of results after one of them has changed. */
export function withNews(page: Schemas['ResultPage'], news: ResultNews): Schemas['ResultPage'] {
  const { type: _type, ...changed } = news;
  const items = page.items
    .map((item) => (item.id === news.id ? { ...item, ...changed } : item))
    .filter(({ status }) => status !== 'deleting' && status !== 'gone');
  return { ...page, items };
}
