import { expect, test } from 'vitest';
import { barsOf, pathOf } from './peaks';

test('a bar is as high as the loudest moment of its stretch', () => {
  const data = [0, 0, -64, 10, -1, 128, 0, 32];
  expect(barsOf({ bits: 8, data }, 2)).toEqual([0.5, 1]);
});

test('there are as many bars as wished for, however short the sound is', () => {
  expect(barsOf({ bits: 8, data: [-128, 127] }, 3)).toEqual([1, 1, 1]);
});

test('silence looks like silence', () => {
  expect(Math.max(...barsOf({ bits: 8, data: [-1, 1, 0, 1] }, 2))).toBeLessThan(0.2);
});

test('every bar is drawn, the lowest ones as dots', () => {
  expect(pathOf([1, 0], 4, 64)).toBe('M2 2.0V62.0M6 31.5V32.5');
});
