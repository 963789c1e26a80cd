import { expect, test } from 'vitest';
import { readRecitalFilter } from './filter';

test('an address that says something else says nothing', () => {
  expect(readRecitalFilter({ status: 'gone', flag: 'loud', needs_review: 'yes' })).toEqual({});
});

test('a flag stands for itself; that there is one at all would only repeat it', () => {
  const search = { status: 'uploaded', flag: 'noisy', needs_review: true };
  expect(readRecitalFilter(search)).toEqual({ status: 'uploaded', flag: 'noisy' });
  expect(readRecitalFilter({ needs_review: false })).toEqual({ needs_review: false });
});
