import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Summary } from '@/components/results/pages';

export interface Selection {
  /** Those of the rows that are chosen, in their order. */
  chosen: Summary[];
  ids: ReadonlySet<string>;
  /** Choose a row or leave it, and with `isRange` all from the last one that was pressed up to it. */
  toggle: (id: string, isRange: boolean) => void;
  chooseAll: (isChosen: boolean) => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Which rows are chosen; of what is not among them any more, nothing is. */
export function useSelection(rows: readonly Summary[]): Selection {
  const [ids, setIds] = useState(NONE);
  const last = useRef<string | null>(null);
  const shown = useRef(rows);
  useEffect(() => {
    shown.current = rows;
  }, [rows]);

  const toggle = useCallback((id: string, isRange: boolean) => {
    const from = isRange ? last.current : null;
    last.current = id;
    const reached = between(
      shown.current.map((row) => row.id),
      from ?? id,
      id,
    );
    setIds((before) => withAll(before, reached, !before.has(id)));
  }, []);
  const chooseAll = useCallback((isChosen: boolean) => {
    setIds(isChosen ? new Set(shown.current.map(({ id }) => id)) : NONE);
  }, []);
  const chosen = useMemo(() => rows.filter(({ id }) => ids.has(id)), [rows, ids]);
  return { chosen, ids, toggle, chooseAll };
}

/** The ids from one to another, both included and whichever comes first; the other alone where the one is gone. */
export function between(ids: readonly string[], one: string, other: string): string[] {
  const ends = [ids.indexOf(one), ids.indexOf(other)];
  return ends.includes(-1) ? [other] : ids.slice(Math.min(...ends), Math.max(...ends) + 1);
}

function withAll(
  before: ReadonlySet<string>,
  ids: readonly string[],
  isChosen: boolean,
): ReadonlySet<string> {
  const after = new Set(before);
  for (const id of ids) {
    if (isChosen) after.add(id);
    else after.delete(id);
  }
  return after;
}
