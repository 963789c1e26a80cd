import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { Draft, type Edited } from '../Draft';
import type { TranscriptText } from '../text/lines';
import { textSaying } from '../text/lines.fixture';
import type { WireOperation } from '../text/operations';
import { PAUSE_MS, Saver } from './Saver';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const failure = (status: number) => new Problem({ code: 'x', status, detail: 'x' });

/** A service that takes every change of a text, or does what it is told to instead. */
function open(...said: string[]) {
  let now: TranscriptText = textSaying(0, ...said);
  const instead: (Error | 'hold')[] = [];
  const sent: WireOperation[][] = [];
  const refused: string[] = [];
  let letGo = () => {};
  const draft = new Draft(now);
  const saver = new Saver(draft, {
    send: async (operations, version): Promise<Edited> => {
      sent.push(operations);
      const wish = instead.shift();
      if (wish === 'hold') {
        await new Promise<void>((resolve) => {
          letGo = resolve;
        });
      } else if (wish) throw wish;
      if (version !== now.version) throw failure(412);
      const patches = operations.flatMap((operation) => {
        const segment = operation.op === 'change' ? now.segments[operation.segment] : undefined;
        if (operation.op !== 'change' || !segment) throw new Error('Only changes are known here.');
        const changed = { ...segment, text: operation.text ?? segment.text };
        now = { ...now, segments: now.segments.with(operation.segment, changed) };
        return [{ first: operation.segment, removed: 1, segments: [changed], words: [] }];
      });
      now = { ...now, version: now.version + 1 };
      return { version: now.version, patches };
    },
    read: async () => now,
    refused: (problem) => refused.push(problem.code),
  });
  const stop = saver.watch();
  return {
    draft,
    saver,
    stop,
    sent,
    refused,
    instead,
    type: (at: number, text: string) => draft.type(draft.lineKeys[at] ?? '', text),
    pass: (ms = PAUSE_MS) => vi.advanceTimersByTimeAsync(ms),
    letGo: () => letGo(),
    others: (...theirs: string[]) => {
      now = textSaying(now.version + 1, ...theirs);
    },
    held: () => now.segments.map(({ text }) => text),
  };
}

test('what is typed goes after a pause, and what is typed on and on in between', async () => {
  const { type, pass, sent, saver } = open('One.');
  for (let second = 0; second < 11; second += 1) {
    type(0, `One ${second}`);
    await pass(1000);
  }
  expect(sent.length).toBe(1);
  await pass();
  expect(sent.length).toBe(2);
  expect(saver.standing.is).toBe('saved');
});

test('one request at a time, in order', async () => {
  const { type, pass, sent, instead, letGo, held, saver } = open('One.', 'Two.');
  instead.push('hold');
  type(0, 'Eins.');
  await pass();
  type(1, 'Zwei.');
  await pass();
  expect([sent.length, saver.standing.is]).toEqual([1, 'saving']);
  letGo();
  await pass();
  expect(held()).toEqual(['Eins.', 'Zwei.']);
});

test('without a connection it waits, says so, and goes on when there is one', async () => {
  const { type, pass, instead, held, saver } = open('One.');
  instead.push(Problem.offline(), Problem.offline());
  type(0, 'Eins.');
  await pass();
  expect([saver.standing.is, held()]).toEqual(['offline', ['One.']]);
  type(0, 'Eins!');
  await pass(0);
  expect(saver.standing.is).toBe('offline');
  await pass();
  window.dispatchEvent(new Event('online'));
  await pass();
  expect([saver.standing.is, held()]).toEqual(['saved', ['Eins!']]);
});

test('whoever comes second takes in what the first has saved, and saves as well', async () => {
  const { type, pass, others, held, draft, saver } = open('One.', 'Two.');
  others('One.', 'Deux.');
  type(0, 'Eins.');
  await pass();
  expect([held(), draft.lines[1]?.text, saver.standing.is]).toEqual([['Eins.', 'Deux.'], 'Deux.', 'saved']);
});

test('a conflict stops the saving until somebody has chosen', async () => {
  const { type, pass, others, held, draft, saver, sent } = open('One.', 'Two.');
  others('Un.', 'Two.');
  type(0, 'Eins.');
  await pass();
  expect(saver.standing.is).toBe('conflict');
  type(1, 'Zwei.');
  await pass();
  expect(sent.length).toBe(1);
  draft.decide(['mine']);
  await pass();
  expect([held(), saver.standing.is]).toEqual([['Eins.', 'Zwei.'], 'saved']);
});

test('what others save is taken in as soon as it is heard of; one’s own is not read again', async () => {
  const { pass, others, draft, saver } = open('One.');
  saver.hear(0);
  others('Un.');
  saver.hear(1);
  await pass(0);
  expect(draft.lines[0]?.text).toBe('Un.');
});

test('what is refused is found among what was sent with it, told of, and the rest is saved', async () => {
  const { type, pass, instead, held, refused, draft, saver } = open('One.', 'Two.', 'Three.');
  type(0, 'Eins.');
  type(1, 'Zwei.');
  type(2, 'Drei.');
  const saved = new Problem({ code: 'text_too_long', status: 422, detail: 'x' });
  instead.push(saved);
  const send = vi.spyOn(draft, 'take');
  await pass(0);
  saver.now();
  await pass(0);
  expect(send.mock.calls.map(([most]) => most)).toEqual([200, 1, 1, 1]);
  expect([held(), refused]).toEqual([['Eins.', 'Zwei.', 'Drei.'], []]);
  type(1, 'Far too long');
  instead.push(saved);
  await pass();
  expect([draft.lines[1]?.text, refused]).toEqual(['Zwei.', ['text_too_long']]);
});

test('who leaves leaves nothing behind', async () => {
  const { type, stop, pass, held } = open('One.');
  type(0, 'Eins.');
  stop();
  await pass(0);
  expect(held()).toEqual(['Eins.']);
});
