import { useMemo } from 'react';
import { isPlain, type ResultFilter, wantedOf } from '@/components/find/filter';
import { rowsOf } from '@/components/results/pages';
import { OWN } from '@/components/results/queries';
import { useLiveList } from '@/components/results/useLiveList';
import { useHidden } from './useDeleteWithUndo';

/** The rows to show, and how to have more of them. */
export function useResults(filter: ResultFilter) {
  const wanted = useMemo(() => ({ ...wantedOf(filter), ...OWN }), [filter]);
  const list = useLiveList(wanted, isPlain(filter));
  const hidden = useHidden();
  const rows = useMemo(
    () => (list.data ? rowsOf(list.data).filter(({ id }) => !hidden.includes(id)) : null),
    [list.data, hidden],
  );
  return { list, rows, wanted };
}
