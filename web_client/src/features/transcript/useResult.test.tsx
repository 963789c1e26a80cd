import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering } from '@/test/answers';
import { hearNews, tellNews } from '@/test/news';
import { quietQueries } from '@/test/render';
import { resultWith } from './result.fixture';
import { useResult } from './useResult';

beforeEach(hearNews);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a video that was deleted while it was made ready is not asked for any more', async () => {
  vi.useFakeTimers();
  const film = resultWith([], { kind: 'video', pictures: 'under_way' });
  const asked = answering({ 'GET /api/v1/results/r1': film });
  const queries = quietQueries();
  renderHook(() => useResult('r1', null), {
    wrapper: ({ children }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>,
  });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked).toHaveLength(2);
  act(() => tellNews('result', { id: 'r1', status: 'deleting' }));
  await vi.advanceTimersByTimeAsync(100_000);
  expect(asked).toHaveLength(2);
});
