import { expect, test } from 'vitest';
import { type Export, pauseAfter } from './exports';

const shown = (status: Export['status'], url: string | null = null): Export => ({
  id: 'e',
  status,
  created_at: '2026-11-21T19:23:09Z',
  size: null,
  expires_at: null,
  url,
  error: null,
});

test('what is being made is asked for at pauses that grow, up to a quarter of a minute', () => {
  const pauses = Array.from({ length: 20 }, (_, asked) => pauseAfter(asked, shown('pending')) as number);
  expect(pauses.toSorted((one, other) => one - other)).toEqual(pauses);
  expect(pauses.at(0)).toBe(1_000);
  expect(pauses.at(-1)).toBeLessThanOrEqual(15_000);
});

test('what is over is not asked for any more; an address is had anew before it ends', () => {
  expect([pauseAfter(3, shown('failed')), pauseAfter(3, shown('expired')), pauseAfter(0, undefined)]).toEqual(
    [false, false, false],
  );
  expect(pauseAfter(3, shown('ready', '/file'))).toBeLessThan(60 * 60_000);
});
