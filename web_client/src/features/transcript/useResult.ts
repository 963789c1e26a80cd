import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNews } from '@/api/events';
import { isGoing, isUnderWay, type Result, resultQuery, withNews } from './queries';

/** A result, as it is now. */
export function useResult(resultId: string, transcriptId: string | null) {
  const queries = useQueryClient();
  const query = useQuery({
    ...resultQuery(resultId, transcriptId),
    // While another transcript of the same result is being read, the one before stays in sight.
    placeholderData: (before) => (before?.id === resultId ? before : undefined),
  });

  useNews((news) => {
    const queryKey = ['result', resultId];
    // What has ended changes seldom: where it was read this very moment, it is not read again.
    if (news.type === 'reset' && query.data && !isUnderWay(query.data))
      return void queries.refetchQueries({ queryKey, stale: true });
    const isOfThis = (news.type === 'transcript' || news.type === 'renditions') && news.id === resultId;
    if (news.type === 'reset' || isOfThis) void queries.invalidateQueries({ queryKey });
    if (news.type !== 'result' || news.id !== resultId) return;
    const before = query.data?.status;
    queries.setQueriesData<Result>({ queryKey }, (result) => result && withNews(result, news));
    // Another status comes with more than the news tell: sound, a text, the reason of a failure.
    if (news.status !== before && !isGoing(news)) void queries.invalidateQueries({ queryKey });
  });
  return query;
}
