import { expect, test } from 'vitest';
import type { Reading } from './meter';
import { adviseOn, isSpoken, judge } from './quality';

/** Words with pauses between them. */
function speech({ words = -20, pauses = -65, peak = 0.4 } = {}): Reading[] {
  return Array.from({ length: 80 }, (_, at) => ({ db: at % 4 === 0 ? pauses : words, peak }));
}

const TEXT = 'A sentence of some forty letters, or so.';

test.each([
  ['good', speech(), 3000],
  ['nothing', speech({ words: -62 }), 3000],
  ['quiet', speech({ words: -45 }), 3000],
  ['clipped', speech({ words: -3, peak: 1 }), 3000],
  ['noisy', speech({ words: -25, pauses: -30 }), 3000],
  ['fast', speech(), 900],
] as const)('a sentence is %s', (verdict, stretch, ms) => {
  expect(judge(stretch, TEXT, ms)).toBe(verdict);
});

test('before anybody speaks, a quiet room is neither noise nor a voice', () => {
  const room = Array.from({ length: 80 }, () => ({ db: -55, peak: 0.01 }));
  expect(adviseOn(room)).toBe('nothing');
  expect(isSpoken(room)).toBe(false);
  expect(adviseOn(speech())).toBe('good');
  expect(adviseOn(speech({ words: -25, pauses: -30 }))).toBe('noisy');
  expect(adviseOn(speech({ words: -18, pauses: -38 }))).toBe('good');
});
