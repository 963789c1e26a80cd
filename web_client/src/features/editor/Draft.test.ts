import { expect, test } from 'vitest';
import { Draft } from './Draft';
import { addAfter, joinWithNext, removeLine, splitAt } from './line/acts';
import { textOf } from './text/lines';
import { textSaying } from './text/lines.fixture';
import type { WireOperation } from './text/operations';

const draftOf = (...said: string[]) => new Draft(textSaying(0, ...said));
const said = (draft: Draft) =>
  draft.lines.map(({ speaker, text }) => (speaker === null ? text : `${speaker}: ${text}`));
const keyOf = (draft: Draft, at: number) => draft.lineKeys[at] ?? '';

/** Have the service take what there is, as it stands. */
function save(draft: Draft) {
  const operations = draft.take(200);
  const { segments, words } = textOf(draft.lines);
  draft.accept({
    version: draft.version + 1,
    patches: [{ first: 0, removed: segments.length, segments, words }],
  });
  return operations;
}

test('what is typed letter by letter is sent once, and taken back at once', () => {
  const draft = draftOf('Helo.', 'Two.');
  for (const text of ['Hel.', 'Hell.', 'Hello.']) draft.type(keyOf(draft, 0), text);
  expect(draft.take(200)).toEqual([{ op: 'change', segment: 0, text: 'Hello.' }]);
  draft.undo();
  expect(said(draft)).toEqual(['Helo.', 'Two.']);
  draft.redo();
  expect(said(draft)).toEqual(['Hello.', 'Two.']);
});

test('what is done while another change is on its way stays, and is sent after it', () => {
  const draft = draftOf('One.', 'Two.');
  draft.do([{ op: 'split', key: keyOf(draft, 0), at: 2, into: 'new' }], null);
  draft.take(200);
  draft.type(keyOf(draft, 2), 'Zwei.');
  const { segments, words } = textSaying(1, 'On', 'e.');
  draft.accept({ version: 1, patches: [{ first: 0, removed: 1, segments, words }] });
  expect(said(draft)).toEqual(['On', 'e.', 'Zwei.']);
  expect(draft.lineKeys[1]).toBe('new');
  expect(draft.take(200)).toEqual([{ op: 'change', segment: 2, text: 'Zwei.' }]);
});

test('what did not arrive is sent once more, before what came after it', () => {
  const draft = draftOf('One.', 'Two.');
  draft.type(keyOf(draft, 0), 'Eins.');
  draft.take(200);
  draft.type(keyOf(draft, 1), 'Zwei.');
  draft.giveBack();
  expect(draft.take(200)).toEqual([
    { op: 'change', segment: 0, text: 'Eins.' },
    { op: 'change', segment: 1, text: 'Zwei.' },
  ]);
});

test('what is refused is not in the text any more, and is not to be brought back', () => {
  const draft = draftOf('One.');
  draft.type(keyOf(draft, 0), 'Eins.');
  draft.take(200);
  draft.drop();
  expect(said(draft)).toEqual(['One.']);
  expect(draft.history.canUndo).toBe(false);
});

test('others’ changes elsewhere come in, and mine stay where they belong', () => {
  const draft = draftOf('One.', 'Two.', 'Three.');
  draft.type(keyOf(draft, 2), 'Drei.');
  draft.receive(textSaying(1, 'Eins.', 'Two.', 'Three.'));
  expect(said(draft)).toEqual(['Eins.', 'Two.', 'Drei.']);
  expect(draft.conflicts).toEqual([]);
  expect(draft.take(200)).toEqual([{ op: 'change', segment: 2, text: 'Drei.' }]);
});

test('others put lines before mine', () => {
  const draft = draftOf('One.', 'Two.');
  draft.type(keyOf(draft, 1), 'Zwei.');
  const { segments, words } = textSaying(0, 'One.', 'Two.');
  const moved = segments.map((segment) => ({ ...segment, index: segment.index + 1 }));
  const put = { index: 0, start_ms: 0, end_ms: 0, text: 'Zero.', speaker: null, confidence: null };
  draft.receive({
    version: 1,
    segments: [put, ...moved],
    words: words.map((word) => ({ ...word, segment: word.segment + 1 })),
  });
  expect(said(draft)).toEqual(['Zero.', 'One.', 'Zwei.']);
  expect(draft.take(200)).toEqual([{ op: 'change', segment: 2, text: 'Zwei.' }]);
});

test('two change one line in different respects: both changes are in it', () => {
  const draft = draftOf('Ada: One.', 'Two.');
  draft.type(keyOf(draft, 0), 'Eins.');
  draft.receive(textSaying(1, 'Bob: One.', 'Two.'));
  expect([said(draft), draft.conflicts]).toEqual([['Bob: Eins.', 'Two.'], []]);
});

test('two change the text of one line: theirs stands, mine is asked about, and either can be had', () => {
  for (const [choice, kept, other] of [
    ['mine', 'Eins.', 'Un.'],
    ['theirs', 'Un.', 'Eins.'],
  ] as const) {
    const draft = draftOf('One.', 'Two.');
    draft.type(keyOf(draft, 0), 'Eins.');
    draft.type(keyOf(draft, 1), 'Zwei.');
    draft.receive(textSaying(1, 'Un.', 'Two.'));
    expect(said(draft)).toEqual(['Un.', 'Zwei.']);
    expect(draft.conflicts.map(({ mine, theirs }) => [mine[0]?.text, theirs[0]?.text])).toEqual([
      ['Eins.', 'Un.'],
    ]);
    expect(draft.isSaved).toBe(false);
    draft.decide([choice]);
    expect(said(draft)).toEqual([kept, 'Zwei.']);
    draft.undo();
    expect(said(draft)).toEqual([other, 'Zwei.']);
    draft.redo();
    expect(said(draft)).toEqual([kept, 'Zwei.']);
  }
});

test('a line that I split and they changed is one conflict, as is one that they removed', () => {
  const draft = draftOf('One two.', 'Three.', 'Four.');
  draft.do([{ op: 'split', key: keyOf(draft, 0), at: 3, into: 'new' }], null);
  draft.type('new', 'zwei.');
  draft.type(keyOf(draft, 3), 'Vier.');
  draft.receive(textSaying(1, 'One two!', 'Three.'));
  expect(draft.conflicts.map(({ mine, theirs }) => [mine.map(({ text }) => text), theirs.length])).toEqual([
    [['One', 'zwei.'], 1],
    [['Vier.'], 0],
  ]);
  draft.decide(['mine', 'mine']);
  expect(said(draft)).toEqual(['One', 'zwei.', 'Three.', 'Vier.']);
});

test('lines that I join while they change one of them are one conflict', () => {
  const draft = draftOf('One.', 'Two.', 'Three.');
  draft.do([{ op: 'merge', key: keyOf(draft, 0), next: keyOf(draft, 1) }], null);
  draft.receive(textSaying(1, 'One.', 'Zwei.', 'Three.'));
  expect(said(draft)).toEqual(['One.', 'Zwei.', 'Three.']);
  draft.decide(['mine']);
  expect(said(draft)).toEqual(['One. Two.', 'Three.']);
});

test('an answer that was lost on its way is no conflict: what comes back is mine', () => {
  const draft = draftOf('One two.', 'Three.');
  draft.do([{ op: 'split', key: keyOf(draft, 0), at: 3, into: 'new' }], null);
  draft.type(keyOf(draft, 2), 'Drei.');
  draft.take(200);
  draft.giveBack();
  const { segments, words } = textSaying(1, 'One', 'two.', 'Drei.');
  draft.receive({ version: 1, segments, words });
  expect([said(draft), draft.conflicts]).toEqual([['One', 'two.', 'Drei.'], []]);
});

test('what others have changed since is not taken back with mine', () => {
  const draft = draftOf('One.', 'Two.');
  draft.type(keyOf(draft, 0), 'Eins.');
  save(draft);
  draft.receive(textSaying(2, 'Un.', 'Two.'));
  draft.undo();
  expect(said(draft)).toEqual(['Un.', 'Two.']);
});

/** What the service makes of operations, which it knows by places alone. */
function served(texts: readonly string[], operations: readonly WireOperation[]): string[] {
  return operations.reduce<string[]>(
    (now, operation) => {
      switch (operation.op) {
        case 'change':
          return now.with(operation.segment, operation.text ?? now[operation.segment] ?? '');
        case 'split': {
          const letters = [...(now[operation.segment] ?? '')];
          const parts = [letters.slice(0, operation.at), letters.slice(operation.at)];
          return now.toSpliced(operation.segment, 1, ...parts.map((part) => part.join('').trim()));
        }
        case 'merge':
          return now.toSpliced(
            operation.segment,
            2,
            now.slice(operation.segment, operation.segment + 2).join(' '),
          );
        case 'remove':
          return now.toSpliced(operation.segment, 1);
        case 'insert':
          return now.toSpliced(operation.after + 1, 0, operation.text);
        default:
          return now;
      }
    },
    [...texts],
  );
}

/** Numbers below a limit, the same ones each time (a linear congruential generator). */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
}

test.each([1, 2, 3, 4, 5])(
  'whatever is done, undone and done again, the service comes to the same (%i)',
  (seed) => {
    const roll = dice(seed);
    const start = ['One 😀 two.', 'Three four five.', 'Six.', 'Seven eight.'];
    const draft = draftOf(...start);
    const acts = [
      (key: string) => draft.type(key, `Typed ${roll(100)} so.`),
      (key: string) => splitAt(draft, key, 1 + roll(12)),
      (key: string) => joinWithNext(draft, key),
      (key: string) => draft.lines.length > 2 && removeLine(draft, key),
      (key: string) => addAfter(draft, key, null),
      () => draft.undo(),
      () => draft.undo(),
      () => draft.redo(),
    ];
    for (let step = 0; step < 200; step += 1)
      acts[roll(acts.length)]?.(keyOf(draft, roll(draft.lines.length)));
    expect(served(start, draft.take(Number.POSITIVE_INFINITY))).toEqual(said(draft));
    while (draft.history.canUndo) draft.undo();
    expect(said(draft)).toEqual(start);
  },
);
