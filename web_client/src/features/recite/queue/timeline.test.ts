import { expect, test } from 'vitest';
import { recital, segment } from './recital.fixture';
import { mend, nextSentence, sendable, takeBack, withoutLast } from './timeline';

test('after a sentence that counts comes the next, and after one that does not, the same', () => {
  expect(nextSentence({ from: 4 }, [])).toBe(4);
  expect(nextSentence({ from: 4 }, [segment(4, 1000, true)])).toBe(4);
  expect(nextSentence({ from: 4 }, [segment(4, 1000), segment(5, 2000, true)])).toBe(5);
});

test('the last sentence waits, since it may be taken back, until the recital ends', () => {
  const segments = [segment(0, 1000), segment(1, 2000)];
  expect(sendable(segments, recital({ soundMs: 9000, settled: 1 }))).toBe(1);
  expect(sendable(segments, recital({ soundMs: 9000, settled: 1, ending: { discardLast: 0 } }))).toBe(2);
});

test('a segment waits for the sound that it speaks of', () => {
  const segments = [segment(0, 1000), segment(1, 2000), segment(2, 3000)];
  expect(sendable(segments, recital({ soundMs: 1999, settled: 2 }))).toBe(1);
  expect(sendable(segments, recital({ soundMs: 2000, settled: 2 }))).toBe(2);
});

test('taking a sentence back takes what was begun after it as well', () => {
  const segments = [segment(0, 1000), segment(1, 2000), segment(2, 2500, true)];
  expect(takeBack(segments, 1, 3000)).toEqual([segment(0, 1000), segment(1, 3000, true)]);
});

test('a sentence that another was read after is not taken back: it may be on its way', () => {
  const segments = [segment(0, 1000), segment(1, 2000, true)];
  expect(takeBack(segments, 1, 3000)).toBeNull();
  expect(takeBack([], 0, 3000)).toBeNull();
});

test('what was said after the last sentence, before the page died, does not count', () => {
  const mended = mend([segment(0, 1000)], recital({ soundMs: 2400 }), { sentence: 1, text: 'Sentence 1.' });
  expect(mended).toEqual([segment(0, 1000), segment(1, 2400, true)]);
});

test('a sentence whose end was lost with the last slice is read anew', () => {
  const mended = mend(
    [segment(0, 1000), segment(1, 3000)],
    recital({ soundMs: 2000, segmentsSent: 1 }),
    null,
  );
  expect(mended).toEqual([segment(0, 1000), segment(1, 2000, true)]);
});

test('a sentence that ended with the last packet counts, up to where its sound goes', () => {
  expect(mend([segment(0, 2060)], recital({ soundMs: 2000 }), null)).toEqual([segment(0, 2000)]);
});

test('mending twice changes nothing more', () => {
  const news = recital({ soundMs: 2400 });
  const underWay = { sentence: 1, text: 'Sentence 1.' };
  const once = mend([segment(0, 1000)], news, underWay);
  expect(mend(once, news, underWay)).toEqual(once);
});

test('leaving out the last sentence leaves out what came after it', () => {
  expect(withoutLast([segment(0, 1000), segment(1, 2000), segment(2, 3000, true)])).toBe(2);
  expect(withoutLast([segment(0, 1000, true)])).toBe(0);
});
