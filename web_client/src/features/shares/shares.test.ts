import { expect, test } from 'vitest';
import { standingOf } from './shares';

const NOW = Date.parse('2026-11-22T12:00:00Z');

test.each([
  [{ revoked_at: null, expires_at: null }, 'open'],
  [{ revoked_at: null, expires_at: '2026-11-22T12:00:01Z' }, 'open'],
  [{ revoked_at: null, expires_at: '2026-11-22T12:00:00Z' }, 'expired'],
  [{ revoked_at: '2026-11-21T00:00:00Z', expires_at: '2027-01-01T00:00:00Z' }, 'revoked'],
])('%o is %s', (share, standing) => {
  expect(standingOf(share, NOW)).toBe(standing);
});
