import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '@/api/client';
import { type ResultNews, useNews } from '@/api/events';
import { latestQuery, type Result, UNDER_WAY } from './latest';

const DAY_MS = 86_400_000;
const MOST_FINISHED = 5;

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
