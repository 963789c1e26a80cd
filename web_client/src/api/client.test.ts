import { beforeEach, expect, test } from 'vitest';
import { answering, problem } from '@/test/answers';
import { answer, api, keepProof } from './client';
import { Problem } from './problem';

beforeEach(() => keepProof(null));

test('what the API answers is handed on', async () => {
  answering({ 'GET /api/v1/me': { id: '1', name: 'Ada' } });
  expect(await answer(api.GET('/api/v1/me'))).toMatchObject({ name: 'Ada' });
});

test('a failure is thrown with its code, its sentence and the faults of fields', async () => {
  const errors = [{ field: 'name', problem: 'too long' }];
  answering({ 'PATCH /api/v1/me': problem(422, 'invalid_request', 'name: too long', { errors }) });
  const failure = await answer(api.PATCH('/api/v1/me', { body: { name: 'A' } })).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Problem);
  expect(failure).toMatchObject({
    code: 'invalid_request',
    status: 422,
    detail: 'name: too long',
    passes: false,
  });
  expect((failure as Problem).fields).toEqual({ name: 'too long' });
});

test('an answer that is no problem document, and none at all, are problems too', async () => {
  answering({
    'GET /api/v1/me': new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'Retry-After': '3' } }),
    'GET /api/v1/results': () => {
      throw new TypeError('Failed to fetch');
    },
  });
  await expect(answer(api.GET('/api/v1/me'))).rejects.toMatchObject({
    status: 502,
    passes: true,
    retryAfter: 3,
  });
  await expect(answer(api.GET('/api/v1/results'))).rejects.toMatchObject({
    code: 'offline',
    status: 0,
    passes: true,
  });
});

test('changes carry the proof that they come from this page, and reading does not', async () => {
  const asked = answering({ 'GET /api/v1/me': {}, 'POST /api/v1/auth/logout': undefined });
  keepProof('proof');
  await answer(api.GET('/api/v1/me'));
  await answer(api.POST('/api/v1/auth/logout'));
  expect(asked.map((request) => request.headers.get('X-CSRF-Token'))).toEqual([null, 'proof']);
});
