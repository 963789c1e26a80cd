/** A list as it lies in memory: pages, one after the other. */
import type { InfiniteData } from '@tanstack/react-query';
import type { ResultNews } from '@/api/events';
import type { ResultPage, ResultStatus, ResultSummary } from '@/api/results';

export type Summary = ResultSummary;
export type Page = ResultPage;
export type Pages = InfiniteData<Page>;

/** All rows; where pages overlap after a change at the top, each row once. */
export function rowsOf(pages: Pages): Summary[] {
  const rows = new Map<string, Summary>();
  for (const row of pages.pages.flatMap(({ items }) => items)) {
    if (!rows.has(row.id)) rows.set(row.id, row);
  }
  return [...rows.values()];
}

export function find(pages: Pages, id: string): Summary | undefined {
  for (const { items } of pages.pages) {
    const found = items.find((row) => row.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Whether a result that is not here would stand among the rows of a list that has the newest first. */
export function wouldStandAmong(pages: Pages, id: string): boolean {
  const last = pages.pages.at(-1);
  const oldest = last?.items.at(-1);
  // Ids begin with their time.
  return last?.next_cursor == null || oldest === undefined || id > oldest.id;
}

/** Write into its row what has become of a result. */
export function patchRow(pages: Pages, { type: _type, ...news }: ResultNews): Pages {
  return changeRows(pages, new Set([news.id]), (row) => ({ ...row, ...news }));
}

export function dropRow(pages: Pages, id: string): Pages {
  return changeRows(pages, new Set([id]), () => null);
}

/** Change some rows, or drop those of which null is made; pages that have none of them stay the same objects. */
export function changeRows(
  pages: Pages,
  ids: ReadonlySet<string>,
  change: (row: Summary) => Summary | null,
): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) =>
      page.items.some(({ id }) => ids.has(id))
        ? { ...page, items: page.items.flatMap((row) => (ids.has(row.id) ? (change(row) ?? []) : row)) }
        : page,
    ),
  };
}

/**
 * Put a page that was read anew in the place of the old one. Rows that others have pushed out of it stay, below; rows
 * that it has no more from among those that it still has are gone. Where it has none of them, nobody knows what lies
 * between it and the next: the list goes on after it.
 */
export function mergePage(pages: Pages, at: number, fresh: Page): Pages {
  const old = pages.pages[at];
  if (!old) return pages;
  const kept = new Set(fresh.items.map(({ id }) => id));
  const last = old.items.findLastIndex(({ id }) => kept.has(id));
  if (fresh.next_cursor === null || last < 0) return endingWith(pages, at, fresh);
  const below = old.items.slice(last + 1);
  const merged = below.length ? { items: [...fresh.items, ...below], next_cursor: old.next_cursor } : fresh;
  return { ...pages, pages: pages.pages.with(at, merged) };
}

function endingWith(pages: Pages, at: number, last: Page): Pages {
  return { pages: [...pages.pages.slice(0, at), last], pageParams: pages.pageParams.slice(0, at + 1) };
}

/**
 * The pages that may have changed unheard: the first, where new ones come, those with work under way, and those with
 * what has just been `finished`, whose first words no news brings.
 */
export function changeable(pages: Pages, finished: ReadonlySet<string> = new Set()): number[] {
  const moves = ({ id, status }: Summary) => isUnderWay(status) || finished.has(id);
  return [...pages.pages.keys()].filter((at) => at === 0 || pages.pages[at]?.items.some(moves));
}

export function isUnderWay(status: ResultStatus): boolean {
  return status === 'received' || status === 'transcoding' || status === 'transcribing';
}
