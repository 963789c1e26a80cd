/** What can be done to the text, by the keys of lines: what stands before them may change until it is saved. */
import type { Schemas } from '@/api/client';
import { type Line, placesOf, type Spoken } from './lines';
import { replaced } from './replacing';

export interface Fields {
  text?: string;
  start_ms?: number;
  end_ms?: number;
  speaker?: string | null;
}

export type Operation =
  | ({ op: 'change'; key: string } & Fields)
  /** `into` is the key of what comes after the caret. */
  | { op: 'split'; key: string; at: number; at_ms?: number; into: string }
  | { op: 'merge'; key: string; next: string }
  | { op: 'remove'; key: string }
  | {
      op: 'insert';
      after: string | null;
      key: string;
      start_ms: number;
      end_ms: number;
      text: string;
      speaker: string | null;
    }
  | { op: 'replace_all'; find: string; replacement: string; match_case: boolean; whole_words: boolean }
  | { op: 'rename_speaker'; speaker: string; name: string };

export type WireOperation = Schemas['EditWish']['operations'][number];

/** Do it; null where a line that it needs is not there, or not where it was. */
export function apply(lines: readonly Line[], operation: Operation): readonly Line[] | null {
  switch (operation.op) {
    case 'replace_all':
      return mapped(lines, (line) => ({ ...line, text: replaced(line.text, operation).text })).filter(
        ({ text }) => text.trim() !== '',
      );
    case 'rename_speaker':
      return mapped(lines, (line) =>
        line.speaker === operation.speaker ? { ...line, speaker: operation.name } : line,
      );
    case 'insert': {
      const { op: _op, after, ...fields } = operation;
      const at = after === null ? -1 : indexOf(lines, after);
      if (at < 0 && after !== null) return null;
      return lines.toSpliced(at + 1, 0, { ...fields, confidence: null, words: [] });
    }
    default: {
      const at = indexOf(lines, operation.key);
      const line = lines[at];
      return line ? applyTo(lines, at, line, operation) : null;
    }
  }
}

/** Do one after the other, and leave out what can't be done. */
export function applyAll(lines: readonly Line[], operations: readonly Operation[]): readonly Line[] {
  return operations.reduce((before, operation) => apply(before, operation) ?? before, lines);
}

function applyTo(
  lines: readonly Line[],
  at: number,
  line: Line,
  operation: Extract<Operation, { op: 'change' | 'split' | 'merge' | 'remove' }>,
): readonly Line[] | null {
  switch (operation.op) {
    case 'change': {
      const { op: _op, key: _key, ...fields } = operation;
      return lines.with(at, { ...line, ...fields });
    }
    case 'split':
      return lines.toSpliced(at, 1, ...split(line, operation));
    case 'merge': {
      const next = lines[at + 1];
      return next?.key === operation.next ? lines.toSpliced(at, 2, merge(line, next)) : null;
    }
    case 'remove':
      return lines.toSpliced(at, 1);
  }
}

function split(line: Line, { at, at_ms, into }: Extract<Operation, { op: 'split' }>): [Line, Line] {
  const before: Spoken[] = [];
  const after: Spoken[] = [];
  for (const { from, word } of placesOf(line)) (from < at ? before : after).push(word);
  const cut = at_ms ?? after[0]?.start_ms ?? before.at(-1)?.end_ms ?? line.end_ms;
  const end = before.at(-1)?.end_ms ?? cut;
  return [
    { ...line, text: line.text.slice(0, at).trimEnd(), end_ms: Math.min(end, cut), words: before },
    { ...line, key: into, text: line.text.slice(at).trimStart(), start_ms: cut, words: after },
  ];
}

function merge(line: Line, next: Line): Line {
  const text = [line.text.trimEnd(), next.text.trimStart()].filter(Boolean).join(' ');
  const end_ms = Math.max(line.end_ms, next.end_ms);
  return {
    ...line,
    text,
    end_ms,
    speaker: line.speaker ?? next.speaker,
    words: [...line.words, ...next.words],
  };
}

function mapped(lines: readonly Line[], change: (line: Line) => Line): Line[] {
  return lines.map((line) => {
    const changed = change(line);
    return changed.text === line.text && changed.speaker === line.speaker ? line : changed;
  });
}

function indexOf(lines: readonly Line[], key: string): number {
  return lines.findIndex((line) => line.key === key);
}

/** As the API takes it, to be applied to these lines; null where it can't be. */
export function toWire(lines: readonly Line[], operation: Operation): WireOperation | null {
  switch (operation.op) {
    case 'replace_all':
    case 'rename_speaker':
      return operation;
    case 'insert': {
      const { after, key: _key, ...fields } = operation;
      const at = after === null ? -1 : indexOf(lines, after);
      return at < 0 && after !== null ? null : { ...fields, after: at };
    }
    case 'split': {
      const { key, into: _into, at, ...rest } = operation;
      const segment = indexOf(lines, key);
      const line = lines[segment];
      // The API counts characters; a string of the page counts those beyond the first 65,536 twice.
      return line ? { ...rest, segment, at: [...line.text.slice(0, at)].length } : null;
    }
    case 'merge':
    case 'change':
    case 'remove': {
      const segment = indexOf(lines, operation.key);
      return segment < 0 ? null : wireOf(segment, operation);
    }
  }
}

function wireOf(
  segment: number,
  operation: Extract<Operation, { op: 'change' | 'merge' | 'remove' }>,
): WireOperation {
  if (operation.op !== 'change') return { op: operation.op, segment };
  const { key: _key, ...fields } = operation;
  return { ...fields, segment };
}
