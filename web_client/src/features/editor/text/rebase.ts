/** Two have changed the same text: put what is not saved yet onto what the other has saved. */
import { type Gap, gapsOf, keyed } from './align';
import { type Line, saysTheSame } from './lines';
import { applyAll, type Fields, type Operation } from './operations';

/** A stretch that both have changed, each in their way. */
export interface Conflict {
  mine: readonly Line[];
  /** As they stand in the text now. */
  theirs: readonly Line[];
  /** The key of the line before them. */
  after: string | null;
}

export interface Rebased {
  lines: Line[];
  /** What can be done to them as it was meant. */
  operations: Operation[];
  conflicts: Conflict[];
  /** The keys of lines that the other has changed or removed. */
  changed: ReadonlySet<string>;
}

/** Lines of the common text, from an index up to another. */
type Range = readonly [from: number, until: number];

/** Operations that stand or fall together, since they are done to the same lines. */
interface Group {
  operations: Set<Operation>;
  /** The common lines that they are done to. */
  range: Range;
}

/**
 * Put operations, which were meant for `base`, onto `theirs`, which has become of it. What is done to lines that the
 * other has not touched is kept; where both have changed a line, the person has to choose.
 */
export function rebase(
  base: readonly Line[],
  theirs: readonly Line[],
  operations: readonly Operation[],
): Rebased {
  const gaps = gapsOf(base, theirs);
  const lines = keyed(base, theirs, gaps);
  const mine = applyAll(base, operations);
  const places = new Map(base.map(({ key }, at) => [key, at]));
  const groups = groupsOf(operations, places);
  const collides = (group: Group) => collidesWith(group, gaps, base, lines);
  const ranges = spread(
    groups.filter(collides).map(({ range }) => range),
    groups,
    gaps,
  );
  const lost = new Set(
    groups
      .filter(({ range }) => ranges.some((taken) => overlaps(range, taken)))
      .flatMap((group) => [...group.operations]),
  );
  return {
    lines,
    operations: operations.filter((operation) => !lost.has(operation)).map(anchoredIn(base, lines)),
    conflicts: ranges
      .map((range) => conflictOf(range, mine, lines, gaps, places))
      .filter((conflict) => !agree(conflict)),
    changed: new Set(
      gaps.flatMap(({ before: [from, until] }) => base.slice(from, until).map(({ key }) => key)),
    ),
  };
}

/** Join operations that share a line; those on the whole text, or beside a line, are done to none. */
function groupsOf(operations: readonly Operation[], places: ReadonlyMap<string, number>): Group[] {
  let groups: { operations: Set<Operation>; keys: Set<string> }[] = [];
  for (const operation of operations) {
    const keys = new Set(touched(operation));
    if (keys.size === 0) continue;
    const met = groups.filter((group) => [...group.keys].some((key) => keys.has(key)));
    groups = groups.filter((group) => !met.includes(group));
    groups.push({
      operations: new Set([...met.flatMap((group) => [...group.operations]), operation]),
      keys: new Set([...met.flatMap((group) => [...group.keys]), ...keys]),
    });
  }
  return groups.flatMap((group) => {
    const found = [...group.keys].flatMap((key) => places.get(key) ?? []);
    if (found.length === 0) return []; // done to a line of their own making
    return { operations: group.operations, range: [Math.min(...found), Math.max(...found) + 1] as const };
  });
}

function touched(operation: Operation): string[] {
  switch (operation.op) {
    case 'change':
    case 'remove':
    case 'insert':
      return [operation.key];
    case 'split':
      return [operation.key, operation.into];
    case 'merge':
      return [operation.key, operation.next];
    default:
      return [];
  }
}

function collidesWith(
  { range, operations }: Group,
  gaps: readonly Gap[],
  base: readonly Line[],
  theirs: readonly Line[],
): boolean {
  if (!gaps.some(({ before }) => overlaps(range, before))) return false;
  const changes = [...operations].filter((operation) => operation.op === 'change');
  if (changes.length < operations.size) return true;
  const was = base[range[0]];
  const now = theirs.find(({ key }) => key === was?.key);
  if (!was || !now) return true;
  return changes.some((change) =>
    FIELDS.some((field) => {
      const wished = change[field];
      return wished !== undefined && now[field] !== was[field] && now[field] !== wished;
    }),
  );
}

const FIELDS = ['text', 'start_ms', 'end_ms', 'speaker'] as const satisfies readonly (keyof Fields)[];

/** What is put in between counts where it stands within a range, not at its edge. */
function overlaps([from, until]: Range, [first, end]: Range): boolean {
  return first === end ? from < first && first < until : from < end && first < until;
}

/** Widen ranges by the gaps and the groups that reach into them, until none does; those that meet are one. */
function spread(ranges: readonly Range[], groups: readonly Group[], gaps: readonly Gap[]): Range[] {
  const others = [...groups.map(({ range }) => range), ...gaps.map(({ before }) => before)];
  let wide = joined(ranges);
  for (;;) {
    const wider = joined([
      ...wide,
      ...others.filter((other) => wide.some((range) => overlaps(range, other))),
    ]);
    if (JSON.stringify(wider) === JSON.stringify(wide)) return wide;
    wide = wider;
  }
}

function joined(ranges: readonly Range[]): Range[] {
  const sorted = ranges.toSorted(([one], [other]) => one - other);
  const joint: Range[] = [];
  for (const range of sorted) {
    const before = joint.at(-1);
    if (before && overlaps(before, range))
      joint[joint.length - 1] = [before[0], Math.max(before[1], range[1])];
    else joint.push(range);
  }
  return joint;
}

function conflictOf(
  [from, until]: Range,
  mine: readonly Line[],
  theirs: readonly Line[],
  gaps: readonly Gap[],
  places: ReadonlyMap<string, number>,
): Conflict {
  const first = boundary(from, gaps, 'after');
  const end = boundary(until, gaps, 'before');
  return {
    mine: sliceOf(mine, [from, until], places),
    theirs: theirs.slice(first, end),
    after: theirs[first - 1]?.key ?? null,
  };
}

/** Where a place between two common lines is in the other's text: after what they have put there, or before it. */
function boundary(at: number, gaps: readonly Gap[], side: 'before' | 'after'): number {
  let shift = 0;
  for (const { before, after } of gaps) {
    const isHere = before[0] === at && before[1] === at;
    if (before[1] > at || (isHere && side === 'before')) break;
    shift = after[1] - before[1];
  }
  return at + shift;
}

/** My lines from the last one before a range up to the first one after it. */
function sliceOf(mine: readonly Line[], [from, until]: Range, places: ReadonlyMap<string, number>): Line[] {
  const before = mine.findLastIndex(({ key }) => (places.get(key) ?? Number.POSITIVE_INFINITY) < from);
  const after = mine.findIndex(({ key }) => (places.get(key) ?? -1) >= until);
  return mine.slice(before + 1, after < 0 ? mine.length : after);
}

/** Both have made the same of it, or it is mine that has come back from the other side. */
function agree({ mine, theirs }: Conflict): boolean {
  return (
    mine.length === theirs.length &&
    mine.every((line, at) => {
      const other = theirs[at];
      return other !== undefined && saysTheSame(line, other);
    })
  );
}

/** Have a line that is put in stand after one that is still there. */
function anchoredIn(base: readonly Line[], theirs: readonly Line[]): (operation: Operation) => Operation {
  const there = new Set(theirs.map(({ key }) => key));
  return (operation) => {
    if (operation.op !== 'insert' || operation.after === null || there.has(operation.after)) return operation;
    const at = base.findIndex(({ key }) => key === operation.after);
    if (at < 0) return operation; // after a line that is put in as well
    const after = base.slice(0, at).findLast(({ key }) => there.has(key))?.key ?? null;
    return { ...operation, after };
  };
}
