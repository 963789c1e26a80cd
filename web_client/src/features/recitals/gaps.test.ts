import { expect, test } from 'vitest';
import { gapsOf } from './gaps';

test('slices that never came are counted, and time without sound is placed', () => {
  const gaps = [{ sequence: 3 }, { sequence: 4 }, { start_ms: 0, end_ms: 1200 }];
  expect(gapsOf({ gaps })).toEqual({ lost: 2, holes: [{ start_ms: 0, end_ms: 1200 }] });
  expect(gapsOf({ gaps: [] })).toEqual({ lost: 0, holes: [] });
});
