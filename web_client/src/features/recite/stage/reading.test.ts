import { expect, test } from 'vitest';
import type { Ending, Segment } from '../queue/recital';
import { recital, segment } from '../queue/recital.fixture';
import type { Reading as Sound } from '../sound/meter';
import { Reading } from './reading';
import { actionOf } from './useKeys';

const SPEECH: Sound[] = Array.from({ length: 20 }, (_, at) => ({ db: at % 4 ? -20 : -60, peak: 0.3 }));

/** Somebody who reads three sentences, by a clock that the test turns. */
function reader({ from = 0, sentenceCount = 3, before = [] as Segment[] } = {}) {
  let now = 0;
  let stretch: readonly Sound[] = [];
  const kept: Segment[] = [...before];
  const done: string[] = [];
  let end: Ending | null = null;
  let settle = (_: null) => {};
  const ended = new Promise<null>((resolve) => {
    settle = resolve;
  });
  const reading = new Reading(recital({ from }), before, {
    textOf: (sentence) => `Sentence ${sentence}.`,
    sentenceCount,
    run: {
      positionMs: () => now,
      pause: () => done.push('pause'),
      resume: () => done.push('resume'),
      flush: () => {},
      stop: () => {
        done.push('stop');
        settle(null);
      },
      ended,
    },
    meter: {
      stretch: () => stretch,
      beginAnew: () => {
        stretch = [];
      },
      pause: () => {},
    },
    outbox: {
      keepSegments: async (_id, at, segments) => void kept.splice(at, Number.POSITIVE_INFINITY, ...segments),
      end: async (_id, how) => {
        end = how;
      },
      turn: (_id, stage) => done.push(stage),
    },
  });
  const speak = (ms: number, sounds = SPEECH) => {
    now += ms;
    stretch = sounds;
  };
  return { reading, speak, kept, done, end: () => end };
}

test('each sentence ends where the next begins, and after the last it is asked what becomes of it', async () => {
  const { reading, speak, kept, end } = reader();
  for (const ms of [1000, 1500, 2000]) {
    speak(ms);
    reading.next();
  }
  expect(reading.shown()).toMatchObject({ phase: 'asking', sentence: 3, last: 'Sentence 2.' });
  await reading.save({ withLast: true });
  expect(kept).toEqual([segment(0, 1000), segment(1, 2500), segment(2, 4500)]);
  expect(end()).toEqual({ discardLast: 0 });
});

test('a key that was pressed twice is one sentence', () => {
  const { reading, speak } = reader();
  speak(1000);
  reading.next();
  speak(100);
  reading.next();
  expect(reading.shown().sentence).toBe(1);
});

test('what was botched does not count, and the same sentence is read again', async () => {
  const { reading, speak, kept } = reader();
  speak(3000);
  reading.again();
  expect(reading.shown().sentence).toBe(0);
  speak(1000);
  reading.next();
  await reading.save({ withLast: true });
  expect(kept).toEqual([segment(0, 3000, true), segment(0, 4000)]);
});

test('who goes back just after a sentence reads that one again', async () => {
  const { reading, speak, kept } = reader();
  speak(1000);
  reading.next();
  speak(500);
  reading.again();
  expect(reading.shown().sentence).toBe(0);
  speak(1000);
  reading.next();
  await reading.save({ withLast: true });
  expect(kept).toEqual([segment(0, 1500, true), segment(0, 2500)]);
});

test('no more than one sentence is taken back, since those before it may have gone', () => {
  const { reading, speak } = reader();
  speak(1000);
  reading.next();
  speak(1000);
  reading.next();
  speak(300);
  reading.again();
  expect(reading.shown().sentence).toBe(1);
  speak(300);
  reading.again();
  expect(reading.shown().sentence).toBe(1);
});

test('who stops within a sentence may keep it or leave it out', async () => {
  const one = reader();
  one.speak(1000);
  one.reading.next();
  one.speak(800);
  one.reading.ask();
  expect(one.reading.shown().last).toBe('Sentence 1.');
  await one.reading.save({ withLast: false });
  expect(one.kept).toEqual([segment(0, 1000), segment(1, 1800)]);
  expect(one.end()).toEqual({ discardLast: 1 });
});

test('who stops without having begun the next sentence adds none', async () => {
  const { reading, speak, kept, end } = reader();
  speak(1000);
  reading.next();
  speak(4000, [{ db: -70, peak: 0 }]);
  reading.ask();
  expect(reading.shown().last).toBe('Sentence 0.');
  await reading.save({ withLast: true });
  expect(kept).toEqual([segment(0, 1000)]);
  expect(end()).toEqual({ discardLast: 0 });
});

test('once all is read, the last sentence can still be read again', async () => {
  const { reading, speak, kept, done } = reader({ sentenceCount: 1 });
  speak(1000);
  reading.next();
  reading.resume();
  expect(reading.shown().phase).toBe('paused');
  reading.again();
  expect(reading.shown()).toMatchObject({ phase: 'reading', sentence: 0 });
  speak(1000);
  reading.next();
  await reading.save({ withLast: true });
  expect(kept).toEqual([segment(0, 1000, true), segment(0, 2000)]);
  expect(done).toEqual(['pause', 'resume', 'pause', 'stop']);
});

test('who would rather go on does', () => {
  const { reading, done } = reader();
  reading.ask();
  reading.resume();
  expect(reading.shown().phase).toBe('reading');
  expect(done).toEqual(['pause', 'resume']);
});

test('who leaves the page finds the recital as it was left', async () => {
  const { reading, speak, done, end } = reader();
  speak(1000);
  reading.next();
  await reading.leave();
  expect(done).toEqual(['stop', 'left']);
  expect(end()).toBeNull();
});

test('nothing is kept of what is thrown away', async () => {
  const { reading, end } = reader();
  await reading.discard();
  expect(end()).toBe('discard');
});

test('what goes on after a page died begins with the sentence that was broken off', () => {
  const segments = Reading.mended(recital({ soundMs: 2500 }), [segment(0, 1000)], (at) => `Sentence ${at}.`);
  expect(segments).toEqual([segment(0, 1000), segment(1, 2500, true)]);
  expect(reader({ before: segments }).reading.shown().sentence).toBe(1);
});

test.each([
  ['ltr', 'ArrowRight', 1],
  ['rtl', 'ArrowLeft', 1],
  ['rtl', 'ArrowRight', 0],
  ['ltr', 'ArrowDown', 1],
  ['rtl', 'Enter', 1],
] as const)('in a text from %s, %s leads to sentence %i', (direction, key, sentence) => {
  const { reading, speak } = reader();
  speak(3000);
  actionOf(key, direction)?.(reading);
  expect(reading.shown().sentence).toBe(sentence);
});
