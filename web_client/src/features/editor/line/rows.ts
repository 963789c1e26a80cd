/** Which lines are in the page, and how high those are that are not. */
import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** What is in sight and around it, and some rows besides, in order; -1 is none. */
export function rowsShown(range: Range, others: readonly number[]): number[] {
  const shown = new Set(defaultRangeExtractor(range));
  for (const at of others) if (at >= 0 && at < range.count) shown.add(at);
  return [...shown].sort((one, other) => one - other);
}

const ABOVE = 56; // the time, and what is around the text
const LINE = 36;
const LETTER = 10;

/** About how high a line is, until it is measured. */
export function usualHeight(text: string, width = 700): number {
  return ABOVE + LINE * Math.max(1, Math.ceil((text.length * LETTER) / Math.max(width, 200)));
}
