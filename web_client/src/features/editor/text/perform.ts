import { inverseOf } from './inverse';
import type { Line } from './lines';
import { apply, type Operation } from './operations';

export interface Performed {
  lines: readonly Line[];
  /** Those that could be done. */
  done: Operation[];
  /** What takes them back, in order. */
  undo: Operation[];
}

/** Do operations one after the other, and find out how to take them back. */
export function perform(lines: readonly Line[], operations: readonly Operation[]): Performed {
  return operations.reduce<Performed>(
    (before, operation) => {
      const after = apply(before.lines, operation);
      if (!after) return before;
      const undo = [...inverseOf(before.lines, after, operation), ...before.undo];
      return { lines: after, done: [...before.done, operation], undo };
    },
    { lines, done: [], undo: [] },
  );
}
