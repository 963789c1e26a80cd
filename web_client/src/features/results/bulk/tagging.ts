/** What becomes of the tags of several results when some are set and others taken away. */
import type { Summary } from '@/components/results/pages';

type Tagged = Pick<Summary, 'tags'>;

export interface TagsWish {
  add: string[];
  remove: string[];
}

/** Whether all of the results have a tag, none, or some, which is null. */
export type Share = boolean | null;

export const MOST_TAGS = 20;
export const LONGEST_TAG = 50;

/** The same for tags that differ in their case alone. */
export function fold(tag: string): string {
  return tag.toLowerCase();
}

export function has({ tags }: Tagged, tag: string): boolean {
  return tags.some((one) => fold(one) === fold(tag));
}

export function shareOf(results: readonly Tagged[], tag: string): Share {
  const having = results.filter((result) => has(result, tag)).length;
  if (having === 0) return false;
  return having === results.length ? true : null;
}

/** Each tag once, in the order in which they come, whatever its case. */
export function eachOnce(tags: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const tag of tags) if (!known.has(fold(tag))) known.set(fold(tag), tag);
  return [...known.values()];
}

/** What to ask for so that the results have what was set, where they differ from that. */
export function wishOf(results: readonly Tagged[], set: ReadonlyMap<string, boolean>): TagsWish {
  const differing = [...set].filter(([tag, isSet]) => shareOf(results, tag) !== isSet);
  return {
    add: differing.flatMap(([tag, isSet]) => (isSet ? tag : [])),
    remove: differing.flatMap(([tag, isSet]) => (isSet ? [] : tag)),
  };
}

/** The tags of a result after that. */
export function tagsAfter(before: readonly string[], { add, remove }: TagsWish): string[] {
  const gone = new Set(remove.map(fold));
  return eachOnce([...before.filter((tag) => !gone.has(fold(tag))), ...add]);
}
