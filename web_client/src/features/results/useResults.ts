import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useNews } from '@/api/events';
import { LiveList } from './LiveList';
import { rowsOf } from './pages';
import { listQuery } from './queries';
import { useHidden } from './useDeleteWithUndo';

/** The rows to show, and how to have more of them. */
export function useResults() {
  const queries = useQueryClient();
  const [live] = useState(() => new LiveList(queries));
  const list = useInfiniteQuery(listQuery);
  const hidden = useHidden();

  useNews((news) => live.hear(news));
  useEffect(() => {
    // Nobody was listening while another page was open.
    if (queries.getQueryData(listQuery.queryKey)) void live.refresh();
  }, [live, queries]);

  const rows = useMemo(
    () => (list.data ? rowsOf(list.data).filter(({ id }) => !hidden.includes(id)) : null),
    [list.data, hidden],
  );
  return { list, rows };
}
