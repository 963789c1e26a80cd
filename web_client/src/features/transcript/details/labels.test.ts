import { expect, test } from 'vitest';
import { changed, merged, withTag } from './labels';

const BEFORE = { title: 'One', tags: ['a'], notes: '' };

test('only what is different is sent', () => {
  expect(changed(BEFORE, { ...BEFORE, tags: ['a', 'b'] })).toEqual({ tags: ['a', 'b'] });
  expect(changed(BEFORE, { ...BEFORE, tags: ['a'] })).toEqual({});
});

test('what two have changed apart from each other is kept of both', () => {
  expect(merged(BEFORE, { ...BEFORE, title: 'Mine' }, { ...BEFORE, notes: 'Theirs' })).toEqual({
    labels: { title: 'Mine', tags: ['a'], notes: 'Theirs' },
    clashes: {},
  });
});

test('what both have changed is mine, and theirs is told of, unless it is the same', () => {
  const mine = { ...BEFORE, title: 'Mine', tags: ['b'] };
  const theirs = { ...BEFORE, title: 'Theirs', tags: ['b'] };
  expect(merged(BEFORE, mine, theirs)).toEqual({ labels: mine, clashes: { title: 'Theirs' } });
});

test('a tag is there once, however it is written', () => {
  expect(withTag(['Ada'], ' ADA ')).toEqual(['Ada']);
  expect(withTag(['Ada'], '  two   words ')).toEqual(['Ada', 'two words']);
  expect(withTag(['Ada'], ' ')).toEqual(['Ada']);
});

test('there are no more tags than there may be, and none is too long', () => {
  const twenty = Array.from({ length: 20 }, (_, at) => `t${at}`);
  expect(withTag(twenty, 'another')).toEqual(twenty);
  expect(withTag([], 'x'.repeat(60))).toEqual(['x'.repeat(50)]);
});
