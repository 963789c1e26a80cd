/** What people write about a result: its title, its tags, their notes. */
import type { Result } from '../queries';

export type Labels = Pick<Result, 'title' | 'tags' | 'notes'>;
export type Field = keyof Labels;

export const FIELDS = ['title', 'tags', 'notes'] as const satisfies readonly Field[];

export const MOST = { title: 300, tags: 20, tag: 50, notes: 10_000 };

/** What is different in the second from the first. */
export function changed(before: Labels, after: Labels): Partial<Labels> {
  return Object.fromEntries(
    FIELDS.flatMap((field) => (same(before[field], after[field]) ? [] : [[field, after[field]]])),
  );
}

/**
 * Put what I have changed onto what somebody else has made of it meanwhile. What only one has changed is kept; what
 * both have, and not alike, is mine, and their other is told of.
 */
export function merged(
  before: Labels,
  mine: Labels,
  theirs: Labels,
): { labels: Labels; clashes: Partial<Labels> } {
  const [ours, others] = [changed(before, mine), changed(before, theirs)];
  const clashes = Object.entries(changed(mine, theirs)).filter(([field]) => field in ours && field in others);
  return { labels: { ...theirs, ...ours }, clashes: Object.fromEntries(clashes) };
}

function same(one: string | string[], other: string | string[]): boolean {
  return String(one) === String(other);
}

/** The tags with another one, unless it is among them however it is written, or they are as many as may be. */
export function withTag(tags: readonly string[], typed: string): string[] {
  const tag = typed.trim().replace(/\s+/g, ' ').normalize('NFC').slice(0, MOST.tag);
  const isThere = tags.some((one) => one.toLocaleLowerCase() === tag.toLocaleLowerCase());
  return tag === '' || isThere || tags.length >= MOST.tags ? [...tags] : [...tags, tag];
}
