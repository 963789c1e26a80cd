import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type ResultFilter, readResultFilter } from './filter';

export type Change = (news: ResultFilter) => void;

/** What the address of the page says is wanted, and how to want something else. */
export function useFilter(): [ResultFilter, Change] {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const filter = useMemo(() => readResultFilter(search), [search]);
  const change = useCallback<Change>(
    (news) =>
      // Whoever narrows a list down step by step goes back past all of it, and stays where they are on the page.
      void navigate({
        to: '.',
        // Whatever else the address says stays; which pages there are with filters, only the routes know.
        search: (before) => ({ ...before, ...news }) as never,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [filter, change];
}
