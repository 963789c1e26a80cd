import { expect, test } from 'vitest';
import { Keys, linesOf, placesOf } from './lines';
import { textSaying } from './lines.fixture';
import { apply, type Operation, toWire } from './operations';
import { perform } from './perform';

const linesSaying = (...said: string[]) => linesOf(textSaying(0, ...said), new Keys());
const lines = linesSaying('Ada: One two.', 'Ada: Three four.', 'Bob: Five two.');
const [first = '', second = '', third = ''] = lines.map(({ key }) => key);

const OPERATIONS: Operation[] = [
  { op: 'change', key: first, text: 'Eins zwei.', speaker: null },
  { op: 'change', key: second, start_ms: 1100, end_ms: 1500 },
  { op: 'split', key: second, at: 6, into: 'new' },
  { op: 'merge', key: first, next: second },
  { op: 'remove', key: first },
  { op: 'remove', key: third },
  { op: 'insert', after: null, key: 'new', start_ms: 0, end_ms: 0, text: 'Before.', speaker: null },
  { op: 'insert', after: third, key: 'new', start_ms: 3000, end_ms: 4000, text: 'After.', speaker: 'Ada' },
  { op: 'replace_all', find: 'TWO', replacement: 'deux', match_case: false, whole_words: true },
  { op: 'replace_all', find: 'Three four.', replacement: ' ', match_case: false, whole_words: false },
  { op: 'rename_speaker', speaker: 'Ada', name: 'Augusta' },
];

const content = (all: readonly (typeof lines)[number][]) =>
  all.map(({ key, text, start_ms, end_ms, speaker }) => ({ key, text, start_ms, end_ms, speaker }));

test.each(OPERATIONS)('$op is taken back by what undoes it, and done again', (operation) => {
  const { lines: after, undo } = perform(lines, [operation]);
  expect(content(after)).not.toEqual(content(lines));
  const back = perform(after, undo);
  expect(content(back.lines)).toEqual(content(lines));
  expect(content(perform(back.lines, [operation]).lines)).toEqual(content(after));
});

test('several are taken back in the order that undoes them', () => {
  const { lines: after, undo } = perform(lines, [
    { op: 'split', key: first, at: 3, into: 'new' },
    { op: 'merge', key: 'new', next: second },
    { op: 'change', key: 'new', text: 'Other' },
  ]);
  expect(after.map(({ text }) => text)).toEqual(['One', 'Other', 'Five two.']);
  expect(content(perform(after, undo).lines)).toEqual(content(lines));
});

test('words go with the part of the line that they stand in', () => {
  const [before, after] = apply(lines, { op: 'split', key: first, at: 4, into: 'new' }) ?? [];
  expect([before?.text, before?.words.map(({ text }) => text)]).toEqual(['One', ['One']]);
  expect([after?.text, after?.start_ms, after?.words.map(({ text }) => text)]).toEqual([
    'two.',
    500,
    ['two.'],
  ]);
});

test('what needs a line that is gone can not be done', () => {
  expect(apply(lines, { op: 'remove', key: 'gone' })).toBeNull();
  expect(apply(lines, { op: 'merge', key: first, next: third })).toBeNull();
  expect(toWire(lines, { op: 'change', key: 'gone', text: 'x' })).toBeNull();
});

test('the API is told places by their index, and characters as it counts them', () => {
  const [emoji] = linesSaying('😀😀 Hi');
  expect(toWire(emoji ? [emoji] : [], { op: 'split', key: emoji?.key ?? '', at: 5, into: 'new' })).toEqual({
    op: 'split',
    segment: 0,
    at: 3,
  });
  expect(toWire(lines, { op: 'merge', key: second, next: third })).toEqual({ op: 'merge', segment: 1 });
  expect(toWire(lines, { op: 'change', key: third, speaker: null })).toEqual({
    op: 'change',
    segment: 2,
    speaker: null,
  });
});

test('words that were written over are nowhere, those after them are where they stand', () => {
  const [line] = linesSaying('One two three.');
  const places = placesOf({ text: 'One II three.', words: line?.words ?? [] });
  expect(places.map(({ from, word }) => [from, word.text])).toEqual([
    [0, 'One'],
    [7, 'three.'],
  ]);
});
