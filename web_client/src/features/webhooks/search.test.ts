import { expect, test } from 'vitest';
import { readWebhooksSearch } from './search';

test('an address names an endpoint and a standing, and what is neither is left out', () => {
  const endpoint = '0199b3a0-0000-7000-8000-000000000000';
  expect(readWebhooksSearch({ endpoint, status: 'given_up' })).toEqual({ endpoint, status: 'given_up' });
  expect(readWebhooksSearch({ endpoint: '../me', status: 'lost' })).toEqual({
    endpoint: undefined,
    status: undefined,
  });
});
