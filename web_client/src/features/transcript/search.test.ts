import { expect, test } from 'vitest';
import { readTranscriptSearch } from './search';

const ID = '01938f6e-2d7c-7c3a-9d2e-4c1b7a6f5e4d';

test('an id of a transcript, a time and the wish to correct are kept', () => {
  expect(readTranscriptSearch({ transcript: ID, at: 61_500, edit: true })).toEqual({
    transcript: ID,
    at: 61_500,
    edit: true,
  });
});

test.each([
  { transcript: 'x' },
  { transcript: 3 },
  { at: -1 },
  { at: 1.5 },
  { at: '1500' },
  { at: Number.POSITIVE_INFINITY },
  { edit: 'true' },
  { edit: false },
  {},
])('%o says nothing', (wish) => {
  expect(readTranscriptSearch(wish)).toEqual({});
});
