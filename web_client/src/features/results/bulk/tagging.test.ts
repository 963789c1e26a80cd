import { expect, test } from 'vitest';
import { shareOf, tagsAfter, wishOf } from './tagging';

const results = [{ tags: ['Work', 'sea'] }, { tags: ['work'] }];

test('a tag is shared whatever its case', () => {
  expect(['WORK', 'sea', 'hill'].map((tag) => shareOf(results, tag))).toEqual([true, null, false]);
});

test('only what differs is asked for', () => {
  const set = new Map([
    ['work', true],
    ['sea', true],
    ['hill', false],
  ]);
  expect(wishOf(results, set)).toEqual({ add: ['sea'], remove: [] });
  expect(wishOf(results, new Map([['sea', false]]))).toEqual({ add: [], remove: ['sea'] });
});

test('rows have the tags afterwards that the service gives them', () => {
  expect(tagsAfter(['Work', 'sea'], { add: ['work', 'hill'], remove: ['SEA'] })).toEqual(['Work', 'hill']);
});
