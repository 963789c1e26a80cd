/** Which lines of one text are those of another. */
import type { Line } from './lines';

type Content = Pick<Line, 'text' | 'start_ms' | 'end_ms' | 'speaker'>;

/** Where two texts differ: what stood there before, and what stands there after, each from an index up to another. */
export interface Gap {
  before: readonly [from: number, until: number];
  after: readonly [from: number, until: number];
}

/** All that differs, in order; whatever is not within a gap is the same in both. */
export function gapsOf(before: readonly Content[], after: readonly Content[]): Gap[] {
  const [one, other] = [before.map(signature), after.map(signature)];
  let [start, end] = [0, 0];
  const shorter = Math.min(one.length, other.length);
  while (start < shorter && one[start] === other[start]) start += 1;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const matches = commonOf(one.slice(start, one.length - end), other.slice(start, other.length - end));
  const gaps: Gap[] = [];
  let [b, a] = [start, start];
  for (const [inOne, inOther] of [
    ...matches.map(([x, y]) => [x + start, y + start] as const),
    [one.length - end, other.length - end] as const,
  ]) {
    if (b < inOne || a < inOther) gaps.push({ before: [b, inOne], after: [a, inOther] });
    [b, a] = [inOne + 1, inOther + 1];
  }
  return gaps;
}

function signature({ text, start_ms, end_ms, speaker }: Content): string {
  return JSON.stringify([start_ms, end_ms, speaker, text]);
}

/** The longest run of what is in both once only, in the order of both. */
function commonOf(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  const places = onceIn(other);
  const pairs = [...onceIn(one)].flatMap(([text, at]) => {
    const there = places.get(text);
    return there === undefined ? [] : [[at, there] as const];
  });
  return longestRising(pairs);
}

function onceIn(texts: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (const [at, text] of texts.entries()) {
    if (places.has(text)) twice.add(text);
    places.set(text, at);
  }
  for (const text of twice) places.delete(text);
  return places;
}

/** Of pairs whose first numbers rise, the most whose second ones do as well (patience sorting). */
function longestRising(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tops: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [at, [, place]] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    before[at] = tops[low - 1];
    tops[low] = at;
  }
  const run: (readonly [number, number])[] = [];
  for (let at = tops.at(-1); at !== undefined; at = before[at]) {
    const pair = pairs[at];
    if (pair) run.push(pair);
  }
  return run.reverse();
}

/** The lines of a later text, with the keys of those that they were before; the others have keys of their own. */
export function keyed(before: readonly Line[], after: readonly Line[], gaps = gapsOf(before, after)): Line[] {
  const found = [...after];
  let [b, a] = [0, 0];
  const takeUntil = (inBefore: number) => {
    for (; b < inBefore; b += 1, a += 1) take(a, b);
  };
  const take = (at: number, from: number) => {
    const [line, was] = [found[at], before[from]];
    if (line && was) found[at] = { ...line, key: was.key };
  };
  for (const gap of gaps) {
    takeUntil(gap.before[0]);
    for (const [at, from] of pairsOf(gap, before, after)) take(at, from);
    [b, a] = [gap.before[1], gap.after[1]];
  }
  takeUntil(before.length);
  return found;
}

/** Within a gap: as many lines as before are those, changed; else those that begin when one before did. */
function pairsOf(
  { before: [b, bEnd], after: [a, aEnd] }: Gap,
  before: readonly Line[],
  after: readonly Line[],
): [number, number][] {
  if (bEnd - b === aEnd - a) return Array.from({ length: aEnd - a }, (_, at) => [a + at, b + at]);
  const begun = new Map<number, number>();
  for (let at = bEnd - 1; at >= b; at -= 1) begun.set(before[at]?.start_ms ?? -1, at);
  const pairs: [number, number][] = [];
  let least = b;
  for (let at = a; at < aEnd; at += 1) {
    const from = begun.get(after[at]?.start_ms ?? -1);
    if (from === undefined || from < least) continue;
    pairs.push([at, from]);
    least = from + 1;
  }
  return pairs;
}
