/** How a text differs from one before it, by words. */

export interface Stretch {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Beyond this many pairs of words all is called different: nobody reads such a comparison. */
const MOST_PAIRS = 4_000_000;

/** The stretches of both texts, in order; what was removed comes before what stands in its place. */
export function differenceOf(before: string, after: string): Stretch[] {
  const [one, other] = [partsOf(before), partsOf(after)];
  const shorter = Math.min(one.length, other.length);
  let [start, end] = [0, 0];
  while (start < shorter && one[start] === other[start]) start += 1;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const middle = between(one.slice(start, one.length - end), other.slice(start, other.length - end));
  return joined([
    { kind: 'same', text: one.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: one.slice(one.length - end).join('') },
  ]);
}

/** Words with what follows them up to the next one; in scripts that part no words, single letters. */
function partsOf(text: string): string[] {
  return text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[^\s\p{P}]+|\p{P}|\s+/gu) ?? [];
}

function between(one: readonly string[], other: readonly string[]): Stretch[] {
  if (one.length * other.length > MOST_PAIRS) return whole(one, other);
  const lengths = commonLengths(one, other);
  const stretches: Stretch[] = [];
  let [x, y] = [0, 0];
  while (x < one.length || y < other.length) {
    const [mine, theirs] = [one[x], other[y]];
    if (mine !== undefined && mine === theirs) {
      stretches.push({ kind: 'same', text: mine });
      x += 1;
      y += 1;
    } else if (
      mine !== undefined &&
      (theirs === undefined || at(lengths, x + 1, y, other) >= at(lengths, x, y + 1, other))
    ) {
      stretches.push({ kind: 'removed', text: mine });
      x += 1;
    } else {
      stretches.push({ kind: 'added', text: theirs ?? '' });
      y += 1;
    }
  }
  return stretches;
}

/** How long the longest common run is from each pair of places on. */
function commonLengths(one: readonly string[], other: readonly string[]): Uint16Array {
  const lengths = new Uint16Array((one.length + 1) * (other.length + 1));
  for (let x = one.length - 1; x >= 0; x -= 1) {
    for (let y = other.length - 1; y >= 0; y -= 1) {
      lengths[x * (other.length + 1) + y] =
        one[x] === other[y]
          ? at(lengths, x + 1, y + 1, other) + 1
          : Math.max(at(lengths, x + 1, y, other), at(lengths, x, y + 1, other));
    }
  }
  return lengths;
}

function at(lengths: Uint16Array, x: number, y: number, other: readonly string[]): number {
  return lengths[x * (other.length + 1) + y] ?? 0;
}

function whole(one: readonly string[], other: readonly string[]): Stretch[] {
  return [
    { kind: 'removed', text: one.join('') },
    { kind: 'added', text: other.join('') },
  ];
}

/** Join what is of one kind, with the blanks that stand between two of it. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const joint: Stretch[] = [];
  let [removed, added] = ['', ''];
  const flush = () => {
    if (removed) joint.push({ kind: 'removed', text: removed });
    if (added) joint.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  for (const [place, { kind, text }] of stretches.entries()) {
    const next = stretches[place + 1];
    const isBetween = kind === 'same' && text.trim() === '' && (removed || added) && next?.kind !== 'same';
    if (kind === 'removed' || (isBetween && next)) removed += text;
    if (kind === 'added' || (isBetween && next)) added += text;
    if (kind !== 'same' || (isBetween && next) || text === '') continue;
    flush();
    const last = joint.at(-1);
    if (last?.kind === 'same') last.text += text;
    else joint.push({ kind, text });
  }
  flush();
  return joint;
}
