import { QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { answer, api } from '@/api/client';
import { Problem } from '@/api/problem';
import { sessionQuery } from '@/api/session';
import { answering, problem } from '@/test/answers';
import { makeQueryClient } from './queries';

test('a change that fails is told, unless it is shown in place', async () => {
  const tell = vi.fn();
  const queries = makeQueryClient(tell);
  const fail = async () => {
    throw new Problem({ code: 'not_failed', status: 409, detail: 'It has not failed.' });
  };
  const change = (meta: { shownInPlace?: boolean }) =>
    queries.getMutationCache().build(queries, { mutationFn: fail, meta }).execute(undefined);
  await expect(change({ shownInPlace: true })).rejects.toThrow();
  expect(tell).not.toHaveBeenCalled();
  await expect(change({})).rejects.toThrow();
  expect(tell).toHaveBeenCalledOnce();
});

test('only what may pass is tried again', async () => {
  const asked = answering({ 'GET /api/v1/me': problem(404, 'not_found') });
  const queries = makeQueryClient(vi.fn());
  await expect(
    queries.fetchQuery({ queryKey: ['me'], queryFn: () => answer(api.GET('/api/v1/me')) }),
  ).rejects.toThrow();
  expect(asked).toHaveLength(1);
});

test('when a session has ended, it is asked anew who is signed in', async () => {
  answering({
    'GET /api/v1/auth/session': { providers: ['cognito'] },
    'GET /api/v1/results': problem(401, 'unauthenticated'),
  });
  const queries = makeQueryClient(vi.fn());
  queries.setQueryData(sessionQuery.queryKey, { user_id: '1', providers: [] });
  const stop = new QueryObserver(queries, sessionQuery).subscribe(() => {});
  const reading = queries.fetchQuery({
    queryKey: ['results'],
    queryFn: () => answer(api.GET('/api/v1/results')),
  });
  await expect(reading).rejects.toThrow();
  await vi.waitFor(() => expect(queries.getQueryData(sessionQuery.queryKey)?.user_id).toBeUndefined());
  stop();
});
