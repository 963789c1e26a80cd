import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useNews } from '@/api/events';
import type { ResultsWanted } from '@/api/results';
import { LiveList } from './LiveList';
import { listQuery } from './queries';

/** A list of results that changes as they do; `isPlain` says whether it has everything, the newest first. */
export function useLiveList(wanted: ResultsWanted, isPlain: boolean) {
  const queries = useQueryClient();
  const live = useMemo(() => new LiveList(queries, wanted, isPlain), [queries, wanted, isPlain]);
  const list = useInfiniteQuery(listQuery(wanted));
  useNews((news) => live.hear(news));
  useEffect(() => {
    // Nobody was listening while another page was open.
    if (queries.getQueryData(listQuery(wanted).queryKey)) void live.refresh();
  }, [live, queries, wanted]);
  return list;
}
