import { expect, test } from 'vitest';
import { readTranscriptSearch } from './search';

test('an address may name a transcript', () => {
  const transcript = '01a1ff90-0123-76aa-8e86-a178671caa41';
  expect(readTranscriptSearch({ transcript, other: 1 })).toEqual({ transcript });
});

test('what can be no transcript is left out, rather than asked for', () => {
  expect(readTranscriptSearch({ transcript: 'newest' })).toEqual({});
  expect(readTranscriptSearch({ transcript: 7 })).toEqual({});
  expect(readTranscriptSearch({})).toEqual({});
});
