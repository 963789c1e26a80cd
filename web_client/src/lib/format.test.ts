import { expect, test } from 'vitest';
import { formatClock, formatDateTime, formatDuration, formatShare, formatSize, formatWhen } from './format';

test.each([
  [0, '0:00'],
  [59_999, '0:59'],
  [61_000, '1:01'],
  [3_661_000, '1:01:01'],
  [36_000_000, '10:00:00'],
])('%i ms on a clock', (ms, shown) => expect(formatClock(ms)).toBe(shown));

test('a duration is said in words, without what is nothing', () => {
  expect(formatDuration(3_605_000, 'en')).toBe('1 hour 5 seconds');
  expect(formatDuration(0, 'en')).toBe('0 seconds');
  expect(formatDuration(120_000, 'he')).toContain('דק');
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_536_000, '1.5 MB'],
  [300_000_000_000, '300 GB'],
  [2e18, '2,000,000 TB'],
])('%i bytes', (bytes, shown) => expect(formatSize(bytes, 'en')).toBe(shown));

test('times are told from now within a week, and by their date beyond', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(formatWhen('2026-11-21T11:59:40Z', 'en', now)).toBe('now');
  expect(formatWhen('2026-11-21T11:55:00Z', 'en', now)).toBe('5 minutes ago');
  expect(formatWhen('2026-11-20T11:00:00Z', 'en', now)).toBe('yesterday');
  expect(formatWhen('2026-11-01T12:00:00Z', 'en', now)).toBe('Nov 1, 2026');
});

test('every language of the page has numbers and dates', () => {
  for (const language of ['en', 'he', 'yi']) {
    expect(formatShare(0.42, language)).toContain('42');
    expect(formatDateTime('2026-11-21T12:00:00Z', language)).toContain('2026');
  }
});
