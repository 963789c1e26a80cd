import { expect, test } from 'vitest';
import { ceilingOf } from './scale';

const MINUTE_MS = 60_000;

test.each([
  [0, 1],
  [1, 1],
  [2.1, 5],
  [30, 30],
  [31, 60],
  [61, 120],
  [121, 300],
  [301, 600],
  [601, 1200],
  [1201, 3000],
])('a chart of %d minutes goes up to %d', (minutes, ceiling) => {
  expect(ceilingOf(minutes * MINUTE_MS)).toBe(ceiling * MINUTE_MS);
});
