/** Which words of an address say what is wanted. What they say is read with the page that shows it: this is loaded with every page. */
import type { ResultFilter } from './filter';

const NAMES = [
  'q',
  'sort',
  'status',
  'kind',
  'origin',
  'language',
  'engine',
  'tag',
  'flag',
  'from',
  'to',
  'shortest',
  'longest',
] as const satisfies readonly (keyof ResultFilter)[];

/** Leave out of an address what is no part of a filter. */
export function pickFilter(search: Record<string, unknown>): ResultFilter {
  return Object.fromEntries(NAMES.flatMap((name) => (name in search ? [[name, search[name]]] : [])));
}
