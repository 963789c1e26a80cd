/** What is done to lines by keys and buttons; each says where the caret belongs afterwards. */
import type { Draft } from '../Draft';

export interface Spot {
  key: string;
  from: number;
  until?: number;
}

/** What a new line says until somebody writes into it: the service keeps none that says nothing. */
const NEW = '…';

/** Part a line before a character; at its ends there is nothing to part. */
export function splitAt(draft: Draft, key: string, at: number): Spot | null {
  const text = draft.line(key)?.text ?? '';
  if (text.slice(0, at).trim() === '' || text.slice(at).trim() === '') return null;
  const into = draft.keys.next();
  draft.do([{ op: 'split', key, at, into }], key);
  return { key: into, from: 0 };
}

export function joinWithBefore(draft: Draft, key: string): Spot | null {
  const before = neighbour(draft, key, -1);
  return before === undefined ? null : joinWithNext(draft, before);
}

export function joinWithNext(draft: Draft, key: string): Spot | null {
  const next = neighbour(draft, key, 1);
  const text = draft.line(key)?.text;
  if (next === undefined || text === undefined) return null;
  draft.do([{ op: 'merge', key, next }], key);
  return { key, from: text.trimEnd().length };
}

export function removeLine(draft: Draft, key: string): Spot | null {
  const [before, next] = [neighbour(draft, key, -1), neighbour(draft, key, 1)];
  draft.do([{ op: 'remove', key }], key);
  if (before !== undefined) return { key: before, from: draft.line(before)?.text.length ?? 0 };
  return next === undefined ? null : { key: next, from: 0 };
}

/** Put a line after another one, in the time up to the next. */
export function addAfter(draft: Draft, key: string, durationMs: number | null): Spot | null {
  const line = draft.line(key);
  if (!line) return null;
  const next = draft.line(neighbour(draft, key, 1) ?? '');
  const until = next?.start_ms ?? durationMs ?? line.end_ms;
  const start_ms = Math.max(line.start_ms, Math.min(line.end_ms, until));
  const added = draft.keys.next();
  draft.do(
    [
      {
        op: 'insert',
        after: key,
        key: added,
        start_ms,
        end_ms: Math.max(start_ms, until),
        text: NEW,
        speaker: line.speaker,
      },
    ],
    added,
  );
  return { key: added, from: 0, until: NEW.length };
}

/** The line so many places further on. */
export function neighbour(draft: Draft, key: string, by: number): string | undefined {
  const at = draft.lineKeys.indexOf(key);
  return at < 0 ? undefined : draft.lineKeys[at + by];
}

/** The last line that begins at a time or before it. */
export function lineAt(draft: Draft, ms: number): string | undefined {
  const { lines } = draft;
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start_ms ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return lines[low - 1]?.key;
}
