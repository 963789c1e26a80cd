import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useNews } from '@/api/events';
import { isPlain, type ResultFilter, wantedOf } from '@/components/find/filter';
import { LiveList } from './LiveList';
import { rowsOf } from './pages';
import { listQuery, OWN } from './queries';
import { useHidden } from './useDeleteWithUndo';

/** The rows to show, and how to have more of them. */
export function useResults(filter: ResultFilter) {
  const queries = useQueryClient();
  const wanted = useMemo(() => ({ ...wantedOf(filter), ...OWN }), [filter]);
  const live = useMemo(() => new LiveList(queries, wanted, isPlain(filter)), [queries, wanted, filter]);
  const list = useInfiniteQuery(listQuery(wanted));
  const hidden = useHidden();

  useNews((news) => live.hear(news));
  useEffect(() => {
    // Nobody was listening while another page was open.
    if (queries.getQueryData(listQuery(wanted).queryKey)) void live.refresh();
  }, [live, queries, wanted]);

  const rows = useMemo(
    () => (list.data ? rowsOf(list.data).filter(({ id }) => !hidden.includes(id)) : null),
    [list.data, hidden],
  );
  return { list, rows, wanted };
}
