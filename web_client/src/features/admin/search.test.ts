import { expect, test } from 'vitest';
import { readAuditSearch, readPeopleSearch, readQueuesSearch } from './search';

test('addresses that say something else say nothing', () => {
  expect(readPeopleSearch({ part: 'x', role: 'king', query: '' })).toEqual({});
  expect(readQueuesSearch({ state: 'x', kind: 1, queue: {} })).toEqual({});
  expect(readAuditSearch({ action: 'x', person: 'ada', about: '../1' })).toEqual({});
});

test('a search for a number is one, though the router reads it as such', () => {
  expect(readPeopleSearch({ query: 12, role: 'none' })).toEqual({ query: '12', role: 'none' });
});
