import { describe, expect, test } from 'vitest';
import { type Timed, WordTimes } from './WordTimes';

const words = (...times: [number, number][]): Timed[] =>
  times.map(([start_ms, end_ms]) => ({ start_ms, end_ms }));

describe('the word at a time', () => {
  const times = new WordTimes(words([100, 200], [200, 500], [2000, 2500]));

  test.each([
    [0, null],
    [99, null],
    [100, 0],
    [199, 0],
    [200, 1],
    [499, 1],
    [2000, 2],
    [2499, 2],
  ])('at %i ms it is %s', (ms, word) => {
    expect(times.at(ms)).toBe(word);
  });

  test('stays lit through a short pause, and not through a long one', () => {
    expect(times.at(799)).toBe(1);
    expect(times.at(800)).toBeNull();
    expect(times.at(1999)).toBeNull();
    expect(times.at(2799)).toBe(2);
    expect(times.at(9000)).toBeNull();
  });

  test('is found wherever one seeks to, in any order', () => {
    expect([2100, 150, 300, 5000, 0].map((ms) => times.at(ms))).toEqual([2, 0, 1, null, null]);
  });

  test('is none where there are no words', () => {
    expect(new WordTimes([]).at(0)).toBeNull();
    expect(new WordTimes([]).atOrBefore(0)).toBeNull();
  });
});

test('of words that overlap, the one that began last is spoken, and the longer one goes on after it', () => {
  const times = new WordTimes(words([0, 1000], [200, 400], [1000, 1100]));
  expect([100, 300, 600, 1050].map((ms) => times.at(ms))).toEqual([0, 1, 0, 2]);
});

test('words of several speakers need not stand in the order of their times', () => {
  const times = new WordTimes(words([0, 300], [1000, 1300], [400, 700]));
  expect([100, 500, 1100].map((ms) => times.at(ms))).toEqual([0, 2, 1]);
});

test('a word without any length is passed over, unless nothing else is near', () => {
  const times = new WordTimes(words([0, 100], [100, 100], [100, 300]));
  expect(times.at(100)).toBe(2);
  expect(new WordTimes(words([100, 100])).at(100)).toBe(0);
});

test('in a pause, the word before it is where one is', () => {
  const times = new WordTimes(words([100, 200], [2000, 2500]));
  expect([50, 1500, 9000].map((ms) => times.atOrBefore(ms))).toEqual([null, 0, 1]);
});

test('is found among a hundred thousand words as the simplest search finds it', () => {
  const many = words(
    ...Array.from({ length: 100_000 }, (_, at): [number, number] => [at * 400, at * 400 + 350]),
  );
  const times = new WordTimes(many);
  for (const ms of [0, 349, 399, 20_000_123, 39_999_949]) {
    const simple = many.findIndex(({ start_ms, end_ms }) => start_ms <= ms && ms < end_ms + 50);
    expect(times.at(ms)).toBe(simple);
  }
});
