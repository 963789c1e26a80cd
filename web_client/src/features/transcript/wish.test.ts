import { expect, test } from 'vitest';
import { readWish } from './wish';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test('what is left empty, the service decides', () => {
  expect(readWish(form({ engine: '', language: '', model: ' ', speakers: '', vocabulary: '' }))).toEqual({});
});

test('what is filled in is asked for', () => {
  expect(
    readWish(form({ engine: 'aws', language: 'he', speakers: '3', vocabulary: 'names', redact: 'on' })),
  ).toEqual({ engine: 'aws', language: 'he', speakers: 3, vocabulary: 'names', redact: true });
});
