/** What the address of the page says. */
export interface ReciteSearch {
  /** The sentence to begin with, counted from 0. */
  from?: number;
}

export function readReciteSearch(search: Record<string, unknown>): ReciteSearch {
  const from = Number(search.from ?? Number.NaN);
  return Number.isInteger(from) && from >= 0 ? { from } : {};
}
