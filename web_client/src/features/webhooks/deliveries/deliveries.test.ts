import { expect, test } from 'vitest';
import { isDue } from './deliveries';

const NOW = Date.parse('2026-11-22T12:00:00Z');

test.each([
  ['pending', '2026-11-22T12:00:30Z', true],
  ['pending', '2026-11-22T11:59:00Z', true],
  ['pending', null, true],
  ['pending', '2026-11-22T14:00:00Z', false],
  ['delivered', null, false],
  ['failed', '2026-11-22T12:00:30Z', false],
] as const)('one that is %s, with %s as its next time, is looked at again: %s', (status, next_at, due) => {
  expect(isDue({ status, next_at }, NOW)).toBe(due);
});
