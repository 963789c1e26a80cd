import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import * as device from './device';
import { Outbox } from './outbox';
import type { Recital } from './recital';
import { recital, segment } from './recital.fixture';

// jsdom has none of it.
vi.stubGlobal('crypto', webcrypto);

const claimed = async () => ({ release: () => {} });
let count = 0;

/** A service that takes everything and says what came, in order; `faults` come first, one for each request. */
function service(id: string, faults: (Response | Error | undefined)[] = []) {
  const came: string[] = [];
  const missing: number[] = [];
  const take = (name: string | ((request: Request) => Promise<string>)) => async (request: Request) => {
    const told = typeof name === 'string' ? name : await name(request);
    const fault = faults.shift();
    if (fault instanceof Error) throw fault;
    if (fault) return fault;
    came.push(told);
    return new Response(null, { status: 204 });
  };
  const at = `/api/v1/recitals/${id}`;
  const replies: Record<string, unknown> = {
    [`POST ${at}/text-segments`]: take(async (request) => {
      const { index, seek_end: end, does_not_count: not } = await request.json();
      return `segment ${index} until ${end}${not ? ', not counted' : ''}`;
    }),
    [`POST ${at}/end`]: async (request: Request) => {
      const { last_sequence: last, discard_last_n_text_segments: discarded } = await request.json();
      if (missing.length > 0) return problem(409, 'slices_missing', '', { missing: missing.splice(0) });
      came.push(`end ${last}, ${discarded} discarded`);
      return {};
    },
    [`DELETE ${at}`]: take('gone'),
  };
  for (const sequence of [0, 1, 2, 3]) {
    replies[`PUT ${at}/audio/${sequence}`] = take(
      async (request) => `slice ${sequence}: ${await request.text()}`,
    );
  }
  const asked = answering(replies);
  return { came, missing, asked };
}

function slice(text: string) {
  return { bytes: new TextEncoder().encode(text).buffer as ArrayBuffer, contentType: 'audio/webm' };
}

async function begun(news: Partial<Recital> = {}) {
  count += 1;
  const one = recital({ id: `recital-${count}`, ownerId: `owner-${count}`, ...news });
  const outbox = new Outbox(claimed);
  return { one, outbox };
}

async function untilSent(outbox: Outbox, ms = 3000) {
  await vi.waitFor(() => expect(outbox.shown()).toEqual([]), { timeout: ms });
}

test('slices and segments go in order, and nothing is left here once the service has all', async () => {
  const { one, outbox } = await begun();
  const { came, asked } = service(one.id);
  await outbox.begin(one);
  await outbox.addSlice(one.id, slice('a'), 2000);
  await outbox.addSlice(one.id, slice('b'), 4000);
  await outbox.keepSegments(one.id, 0, [segment(0, 1500), segment(1, 3240)], 1);
  await outbox.end(one.id, { discardLast: 0 });
  await untilSent(outbox);
  expect(came).toEqual([
    'slice 0: a',
    'slice 1: b',
    'segment 0 until 1.5',
    'segment 1 until 3.24',
    'end 1, 0 discarded',
  ]);
  // The SHA-256 of "a", as RFC 9530 has it.
  expect(asked[0]?.headers.get('Content-Digest')).toBe(
    'sha-256=:ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=:',
  );
  expect(await device.recitalsOf(one.ownerId)).toEqual([]);
  expect((await device.soundOf(one.id)).size).toBe(0);
});

test('the last sentence stays here until another was read', async () => {
  const { one, outbox } = await begun();
  const { came } = service(one.id);
  await outbox.begin(one);
  await outbox.addSlice(one.id, slice('a'), 9000);
  await outbox.keepSegments(one.id, 0, [segment(0, 1000)], 0);
  await outbox.keepSegments(one.id, 1, [segment(1, 2000)], 1);
  await vi.waitFor(() => expect(came).toEqual(['slice 0: a', 'segment 0 until 1']));
  await outbox.keepSegments(one.id, 1, [segment(1, 2500, true)], 1);
  await outbox.end(one.id, { discardLast: 0 });
  await untilSent(outbox);
  expect(came.slice(2)).toEqual(['segment 1 until 2.5, not counted', 'end 0, 0 discarded']);
});

test('what passes is tried again until it is through, in order and once each', async () => {
  const { one, outbox } = await begun();
  const refused = [429, 503, 408].map(
    (status) => new Response('{}', { status, headers: { 'Retry-After': '0' } }),
  );
  const { came } = service(one.id, [new TypeError('no network'), ...refused]);
  await outbox.begin(one);
  await outbox.addSlice(one.id, slice('a'), 2000);
  await outbox.addSlice(one.id, slice('b'), 4000);
  await vi.waitFor(() => expect(outbox.shown()[0]?.isOffline).toBe(true));
  await outbox.end(one.id, { discardLast: 0 });
  await untilSent(outbox);
  expect(came).toEqual(['slice 0: a', 'slice 1: b', 'end 1, 0 discarded']);
});

test('a reload goes on where the service left off, and says what waits', async () => {
  const { one, outbox } = await begun();
  const { came } = service(one.id);
  await device.begin({ ...one, sliceCount: 0 });
  await device.keepSlice(one.id, slice('a'), 2000);
  await device.keepSlice(one.id, slice('b'), 4000);
  await device.note(one.id, { slicesSent: 1 });
  await outbox.restore(one.ownerId);
  expect(outbox.shown()[0]).toMatchObject({ stage: 'left', recital: { soundMs: 4000 } });
  await vi.waitFor(() => expect(came).toEqual(['slice 1: b']));
});

test('one that was ended before the reload is ended without anybody asking for it again', async () => {
  const { one, outbox } = await begun();
  const { came } = service(one.id);
  await device.begin(one);
  await device.keepSlice(one.id, slice('a'), 2000);
  await device.note(one.id, { ending: { discardLast: 1 } });
  await outbox.restore(one.ownerId);
  await untilSent(outbox);
  expect(came).toEqual(['slice 0: a', 'end 0, 1 discarded']);
});

test('slices that the service misses after all are sent once more', async () => {
  const { one, outbox } = await begun();
  const { came, missing } = service(one.id);
  await outbox.begin(one);
  for (const text of ['a', 'b', 'c']) await outbox.addSlice(one.id, slice(text), 2000);
  await vi.waitFor(() => expect(came).toHaveLength(3));
  missing.push(0, 2);
  await outbox.end(one.id, { discardLast: 0 });
  await untilSent(outbox);
  expect(came.slice(3)).toEqual(['slice 0: a', 'slice 2: c', 'end 2, 0 discarded']);
});

test('what is thrown away is so with the service too, whatever was on its way', async () => {
  const { one, outbox } = await begun();
  const { came } = service(one.id, [new TypeError('no network')]);
  await outbox.begin(one);
  await outbox.addSlice(one.id, slice('a'), 2000);
  await vi.waitFor(() => expect(outbox.shown()[0]?.isOffline).toBe(true));
  await outbox.end(one.id, 'discard');
  await untilSent(outbox);
  expect(came).toEqual(['gone']);
  expect(await device.recitalsOf(one.ownerId)).toEqual([]);
});

test('a refusal is told, and keeps everything here until it is tried again or let go', async () => {
  const { one, outbox } = await begun();
  const { came } = service(one.id, [problem(409, 'recital_closed')]);
  await outbox.begin(one);
  await outbox.addSlice(one.id, slice('a'), 2000);
  await vi.waitFor(() => expect(outbox.shown()[0]?.error).toMatchObject({ code: 'recital_closed' }));
  expect((await device.soundOf(one.id)).size).toBe(1);
  outbox.retry(one.id);
  await vi.waitFor(() => expect(came).toEqual(['slice 0: a']));
  await outbox.drop(one.id);
  expect(await device.recitalsOf(one.ownerId)).toEqual([]);
});

test('what another page of this browser has is left to it', async () => {
  const { one } = await begun();
  const { asked } = service(one.id);
  await device.begin(one);
  await device.keepSlice(one.id, slice('a'), 2000);
  const outbox = new Outbox(async () => null);
  await outbox.restore(one.ownerId);
  expect(outbox.shown()).toEqual([]);
  expect(asked).toEqual([]);
});

test('a device without room lets go of what the service has, and keeps what it has not', async () => {
  const { one } = await begun();
  await device.begin(one);
  await device.keepSlice(one.id, slice('a'), 2000);
  await device.keepSlice(one.id, slice('b'), 4000);
  await device.note(one.id, { slicesSent: 1 });
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await device.keepSlice(one.id, slice('c'), 6000);
  expect(IDBObjectStore.prototype.put).not.toBe(put);
  expect(await device.sliceOf(one.id, 0)).toBeUndefined();
  expect(await device.sliceOf(one.id, 1)).toBeDefined();
  expect(await device.recitalOf(one.id)).toMatchObject({ sliceCount: 3, soundMs: 6000 });
});
