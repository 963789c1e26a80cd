/** Find what stands there literally, as the API's `replace_all` does. */

export interface Sought {
  find: string;
  match_case: boolean;
  whole_words: boolean;
}

const LETTER = '[\\p{L}\\p{M}\\p{N}]';
/** What ends no word between two letters (https://www.unicode.org/reports/tr29/#Word_Boundary_Rules). */
const MIDDLE = `['"_\u00b7\u2019\u2027\u05f3\u05f4\u200c\u200d]`;

/** What finds it; null for nothing. */
export function patternOf({ find, match_case, whole_words }: Sought): RegExp | null {
  if (find === '') return null;
  const literal = find.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const source = whole_words ? `(?<!${LETTER}${MIDDLE}?)${literal}(?!${MIDDLE}?${LETTER})` : literal;
  return new RegExp(source, match_case ? 'gu' : 'giu');
}

/** Where it stands in a text: beginnings and ends. */
export function findAll(text: string, sought: Sought): { from: number; until: number }[] {
  const pattern = patternOf(sought);
  if (!pattern) return [];
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    from: index,
    until: index + found.length,
  }));
}

/** The text with all of it replaced, and how often it stood there. */
export function replaced(
  text: string,
  { replacement, ...sought }: Sought & { replacement: string },
): { text: string; count: number } {
  const pattern = patternOf(sought);
  let count = 0;
  const after = pattern
    ? text.replace(pattern, () => {
        count += 1;
        return replacement;
      })
    : text;
  return { text: after, count };
}
