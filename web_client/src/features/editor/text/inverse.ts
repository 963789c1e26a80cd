/** How to take back what is done: operations that give the lines before it. */
import type { Line } from './lines';
import type { Operation } from './operations';

/** What undoes an operation that was done to these lines, in order. */
export function inverseOf(
  before: readonly Line[],
  after: readonly Line[],
  operation: Operation,
): Operation[] {
  switch (operation.op) {
    case 'replace_all':
    case 'rename_speaker':
      return changedBack(before, after);
    case 'change':
      return pick(before, operation.key, (line) => [restored(line, operation)]);
    case 'split':
      return pick(before, operation.key, (line) => [
        { op: 'merge', key: operation.key, next: operation.into },
        whole(line),
      ]);
    case 'merge':
      return pick(before, operation.key, (line, next) => (next ? parted(line, next) : []));
    case 'remove':
      return pick(before, operation.key, (line, _next, previous) => [inserted(line, previous?.key ?? null)]);
    case 'insert':
      return [{ op: 'remove', key: operation.key }];
  }
}

/** All of a line, as a change. */
export function whole({ key, text, start_ms, end_ms, speaker }: Line): Operation {
  return { op: 'change', key, text, start_ms, end_ms, speaker };
}

export function inserted({ key, text, start_ms, end_ms, speaker }: Line, after: string | null): Operation {
  return { op: 'insert', after, key, text, start_ms, end_ms, speaker };
}

function parted(line: Line, next: Line): Operation[] {
  const at = line.text.trimEnd().length;
  return [{ op: 'split', key: line.key, at, at_ms: next.start_ms, into: next.key }, whole(line), whole(next)];
}

/** Those fields that are changed, as they were. */
function restored(line: Line, change: Extract<Operation, { op: 'change' }>): Operation {
  const { text, start_ms, end_ms, speaker } = line;
  return {
    op: 'change',
    key: line.key,
    ...(change.text === undefined ? {} : { text }),
    ...(change.start_ms === undefined ? {} : { start_ms }),
    ...(change.end_ms === undefined ? {} : { end_ms }),
    ...(change.speaker === undefined ? {} : { speaker }),
  };
}

/** Each line that has changed, and each that is gone since nothing was left of it. */
function changedBack(before: readonly Line[], after: readonly Line[]): Operation[] {
  const left = new Map(after.map((line) => [line.key, line]));
  return before.flatMap((line, at): Operation[] => {
    const now = left.get(line.key);
    if (!now) return [inserted(line, before[at - 1]?.key ?? null)];
    if (now === line) return [];
    const text = now.text === line.text ? {} : { text: line.text };
    const speaker = now.speaker === line.speaker ? {} : { speaker: line.speaker };
    return [{ op: 'change', key: line.key, ...text, ...speaker }];
  });
}

function pick(
  lines: readonly Line[],
  key: string,
  undo: (line: Line, next: Line | undefined, previous: Line | undefined) => Operation[],
): Operation[] {
  const at = lines.findIndex((line) => line.key === key);
  const line = lines[at];
  return line ? undo(line, lines[at + 1], at > 0 ? lines[at - 1] : undefined) : [];
}
