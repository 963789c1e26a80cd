/** The list as it lies in memory: pages, newest first, ids in that order too (they begin with their time). */
import type { InfiniteData } from '@tanstack/react-query';
import type { Schemas } from '@/api/client';
import type { ResultNews } from '@/api/events';

export type Summary = Schemas['ResultSummary'];
export type Page = Schemas['ResultPage'];
export type Pages = InfiniteData<Page>;

/** All rows; where pages overlap after a change at the top, each row once. */
export function rowsOf(pages: Pages): Summary[] {
  const rows = new Map<string, Summary>();
  for (const row of pages.pages.flatMap(({ items }) => items)) {
    if (!rows.has(row.id)) rows.set(row.id, row);
  }
  return [...rows.values()];
}

export function has(pages: Pages, id: string): boolean {
  return pages.pages.some(({ items }) => items.some((row) => row.id === id));
}

/** Whether a result that is not here would stand among the rows that are. */
export function wouldStandAmong(pages: Pages, id: string): boolean {
  const last = pages.pages.at(-1);
  const oldest = last?.items.at(-1);
  return last?.next_cursor == null || oldest === undefined || id > oldest.id;
}

/** Write into its row what has become of a result. */
export function patchRow(pages: Pages, { type: _type, ...news }: ResultNews): Pages {
  return changeRows(
    pages,
    (rows) => rows.map((row) => (row.id === news.id ? { ...row, ...news } : row)),
    news.id,
  );
}

export function dropRow(pages: Pages, id: string): Pages {
  return changeRows(pages, (rows) => rows.filter((row) => row.id !== id), id);
}

/**
 * Put a page that was read anew in the place of the old one. Rows that new ones have pushed out of it stay, below;
 * rows of its stretch that it has no more are gone.
 */
export function mergePage(pages: Pages, at: number, fresh: Page): Pages {
  const old = pages.pages[at];
  if (!old) return pages;
  const oldest = fresh.items.at(-1);
  const below = oldest && fresh.next_cursor !== null ? old.items.filter(({ id }) => id < oldest.id) : [];
  const merged = below.length ? { items: [...fresh.items, ...below], next_cursor: old.next_cursor } : fresh;
  const endsHere = fresh.next_cursor === null;
  return {
    pages: [...pages.pages.slice(0, at), merged, ...(endsHere ? [] : pages.pages.slice(at + 1))],
    pageParams: endsHere ? pages.pageParams.slice(0, at + 1) : pages.pageParams,
  };
}

/**
 * The pages that may have changed unheard: the first, where new ones come, those with work under way, and those with
 * what has just been `finished`, whose first words no news brings.
 */
export function changeable(pages: Pages, finished: ReadonlySet<string> = new Set()): number[] {
  const moves = ({ id, status }: Summary) => isUnderWay(status) || finished.has(id);
  return [...pages.pages.keys()].filter((at) => at === 0 || pages.pages[at]?.items.some(moves));
}

export function isUnderWay(status: Schemas['Status']): boolean {
  return status === 'received' || status === 'transcoding' || status === 'transcribing';
}

function changeRows(pages: Pages, change: (rows: Summary[]) => Summary[], id: string): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) =>
      page.items.some((row) => row.id === id) ? { ...page, items: change(page.items) } : page,
    ),
  };
}
