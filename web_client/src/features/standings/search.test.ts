import { expect, test } from 'vitest';
import { readStatisticsSearch } from './search';

test('an address that says something else says nothing', () => {
  expect(readStatisticsSearch({ days: 8, everybody: 'yes' })).toEqual({});
  expect(readStatisticsSearch({ days: 90, everybody: true })).toEqual({ days: 90, everybody: true });
});
