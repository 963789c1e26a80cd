import { expect, test } from 'vitest';
import { formatTime, parseTime } from './times';

test.each([
  ['0:00.000', 0],
  ['1:02.345', 62_345],
  ['1:01:01.001', 3_661_001],
  ['123:59:59.999', 446_399_999],
])('%s', (written, ms) => {
  expect([formatTime(ms), parseTime(written)]).toEqual([written, ms]);
});

test.each([
  ['62.3', 62_300],
  [' 1:2 ', 62_000],
  ['0:01,5', 1500],
  ['', null],
  ['1:2:3:4', null],
  ['-1', null],
  ['one', null],
  ['1.2345', null],
])('what is typed as “%s” is understood', (written, ms) => {
  expect(parseTime(written)).toBe(ms);
});
