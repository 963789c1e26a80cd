import { expect, test } from 'vitest';
import { findAll, replaced } from './replacing';

const sought = (find: string, wish: { match_case?: boolean; whole_words?: boolean } = {}) => ({
  find,
  match_case: false,
  whole_words: false,
  ...wish,
});

test('what is sought is no pattern', () => {
  expect(replaced('a.c abc (a.c)', { ...sought('a.c'), replacement: '$&$1' })).toEqual({
    text: '$&$1 abc ($&$1)',
    count: 2,
  });
});

test('case counts where it is to, and whole words are whole in every script', () => {
  expect(findAll('Ada ada', sought('ada')).length).toBe(2);
  expect(findAll('Ada ada', sought('ada', { match_case: true }))).toEqual([{ from: 4, until: 7 }]);
  expect(findAll('שלום שלומות', sought('שלום', { whole_words: true })).length).toBe(1);
  expect(findAll('Ada’s Ada.', sought('Ada', { whole_words: true })).length).toBe(1);
  expect(findAll('naïve naï', sought('naï', { whole_words: true })).length).toBe(1);
});

test('what means something in patterns means nothing here', () => {
  const odd = '-\\^$.*+?()[]{}|/--';
  expect(findAll(`a ${odd} b`, sought(odd))).toEqual([{ from: 2, until: 2 + odd.length }]);
});

test('nothing is found where nothing is sought', () => {
  expect(findAll('anything', sought(''))).toEqual([]);
});
