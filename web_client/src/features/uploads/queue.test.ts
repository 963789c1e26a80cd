import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { answering, problem } from '@/test/answers';
import { Uploads } from './queue';
import type { Sending } from './sending';
import type { Kept, Shelf } from './shelf';
import type { Transmission } from './transmit';

const ADA = 'ada';
const PART = 10;
const SOON = '2099-01-01T00:00:00Z';

beforeEach(() => {
  vi.useFakeTimers();
  // News is asked for when none comes; here none ever comes.
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener() {}
      close() {}
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function memoryShelf(found: Kept[] = []): Shelf & { kept: Map<string, Kept> } {
  const kept = new Map(found.map((one) => [one.sending.id, one]));
  return {
    kept,
    all: async (ownerId) => [...kept.values()].filter(({ sending }) => sending.ownerId === ownerId),
    put: async (sending, bytes) =>
      void kept.set(sending.id, { sending, bytes: bytes ?? kept.get(sending.id)?.bytes ?? null }),
    remove: async (id) => void kept.delete(id),
  };
}

const claim = async () => ({ release: () => {} });

function file(size = 35, name = 'talk.wav'): File {
  return new File(['x'.repeat(size)], name, { type: 'audio/wav', lastModified: 5 });
}

function state(news: object = {}) {
  return { id: 'u1', status: 'pending', result_id: null, error: null, expires_at: SOON, ...news };
}
const TAKEN = state({ status: 'uploaded', result_id: 'r1' });
const MULTIPART = state({ method: 'multipart', url: '/parts', headers: {}, part_size: PART });
const FORM = state({ method: 'post', url: 'https://store/form', fields: { key: 'k' } });

/** An API with one upload; `parts` have arrived before. */
function oneUpload(news: Record<string, unknown> = {}, parts: number[] = []) {
  return answering({
    'POST /api/v1/uploads': MULTIPART,
    'POST /api/v1/uploads/u1/sign': MULTIPART,
    'GET /api/v1/uploads/u1/parts': {
      part_size: PART,
      parts: parts.map((part_number) => ({ part_number, size: PART, etag: 'e' })),
    },
    'POST /api/v1/uploads/u1/parts': async (request: Request) => {
      const [part_number] = (await request.json()).part_numbers;
      return { expires_at: SOON, parts: [{ part_number, url: `https://store/${part_number}` }] };
    },
    'POST /api/v1/uploads/u1/complete': TAKEN,
    'GET /api/v1/uploads/u1': TAKEN,
    'DELETE /api/v1/uploads/u1': undefined,
    ...news,
  });
}

/** A store; `answers` says what becomes of the attempts to send to an address, one after the other. */
function store(answers: Record<string, (Problem | null)[]> = {}) {
  const sent: string[] = [];
  return {
    sent,
    transmit: async ({ url, body, onSent }: Transmission) => {
      const trouble = answers[url]?.shift();
      if (trouble) throw trouble;
      sent.push(url);
      if (body instanceof Blob) onSent(body.size);
    },
  };
}
const REFUSED = () => new Problem({ code: 'store_refused', status: 403, detail: 'expired' });

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(2000);
}

test('a large file is sent in parts and shown until it is a result', async () => {
  oneUpload();
  const { sent, transmit } = store();
  const shelf = memoryShelf();
  const uploads = new Uploads({ shelf, transmit, claim });
  const taken = vi.fn(async () => {});
  uploads.onTaken = taken;
  await uploads.add({ file: file(35) }, ADA);
  await settle();
  expect(sent.sort()).toEqual(['https://store/1', 'https://store/2', 'https://store/3', 'https://store/4']);
  expect(taken).toHaveBeenCalledWith('r1');
  expect(uploads.shown()).toEqual([]);
  expect(shelf.kept.size).toBe(0);
});

test('without a connection it waits, and goes on when there is one', async () => {
  oneUpload();
  const { sent, transmit } = store({ 'https://store/2': [Problem.offline(), Problem.offline()] });
  const uploads = new Uploads({ shelf: memoryShelf(), transmit, claim });
  await uploads.add({ file: file(15) }, ADA);
  await vi.advanceTimersByTimeAsync(1);
  expect(uploads.shown()[0]).toMatchObject({ stage: 'offline', sent: PART });
  window.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(1);
  window.dispatchEvent(new Event('online'));
  await settle();
  expect(sent).toEqual(['https://store/1', 'https://store/2']);
  expect(uploads.shown()).toEqual([]);
});

test('a part whose address ran out is sent to a new one', async () => {
  const asked = oneUpload();
  const { sent, transmit } = store({ 'https://store/1': [REFUSED()] });
  const uploads = new Uploads({ shelf: memoryShelf(), transmit, claim });
  await uploads.add({ file: file(10) }, ADA);
  await settle();
  expect(sent).toEqual(['https://store/1']);
  const signed = asked.filter(({ method, url }) => method === 'POST' && url.endsWith('/parts'));
  expect(signed).toHaveLength(2);
});

test('a form whose address ran out is signed again', async () => {
  const asked = oneUpload({
    'POST /api/v1/uploads': FORM,
    'POST /api/v1/uploads/u1/sign': { ...FORM, url: 'https://store/again' },
  });
  const { sent, transmit } = store({ 'https://store/form': [REFUSED()] });
  const uploads = new Uploads({ shelf: memoryShelf(), transmit, claim });
  await uploads.add({ file: file() }, ADA);
  await settle();
  expect(sent).toEqual(['https://store/again']);
  expect(asked.filter(({ url }) => url.endsWith('/sign'))).toHaveLength(1);
});

/** What a page left behind that was closed while it sent. */
async function interrupted(news: Partial<Sending> = {}): Promise<Kept> {
  oneUpload();
  const shelf = memoryShelf();
  const hanging = { transmit: () => new Promise<void>(() => {}) };
  await new Uploads({ shelf, claim, ...hanging }).add({ file: file(35) }, ADA);
  await settle();
  vi.restoreAllMocks();
  const [left] = shelf.kept.values();
  if (!left) throw new Error('Nothing was kept.');
  return { ...left, sending: { ...left.sending, ...news } };
}

test('after a reload only the parts that are missing are sent', async () => {
  const left = await interrupted();
  expect(left.sending.uploadId).toBe('u1');
  const asked = oneUpload({}, [1, 3]);
  const { sent, transmit } = store();
  const uploads = new Uploads({ shelf: memoryShelf([left]), transmit, claim });
  await uploads.restore(ADA);
  await settle();
  expect(sent.sort()).toEqual(['https://store/2', 'https://store/4']);
  expect(asked.some(({ method, url }) => method === 'POST' && url.endsWith('/uploads'))).toBe(false);
});

test('after a reload, what had arrived as a whole is only completed', async () => {
  const left = await interrupted({ arrived: true });
  oneUpload();
  const { sent, transmit } = store();
  const uploads = new Uploads({ shelf: memoryShelf([left]), transmit, claim });
  await uploads.restore(ADA);
  await settle();
  expect(sent).toEqual([]);
  expect(uploads.shown()).toEqual([]);
});

test('without its bytes it sleeps until the same file is brought, and no other', async () => {
  const left = { ...(await interrupted()), bytes: null };
  oneUpload({}, [1, 2, 3]);
  const { sent, transmit } = store();
  const uploads = new Uploads({ shelf: memoryShelf([left]), transmit, claim });
  await uploads.restore(ADA);
  expect(uploads.shown()).toMatchObject([{ stage: 'asleep' }]);
  expect(uploads.bring(left.sending.id, file(34))).toBe(false);
  await uploads.add({ file: file(35) }, ADA);
  await settle();
  expect(sent).toEqual(['https://store/4']);
});

test('what ran out while nobody was here is begun anew, under another key', async () => {
  const left = await interrupted();
  const asked = oneUpload({
    'POST /api/v1/uploads/u1/sign': problem(409, 'upload_closed'),
    'GET /api/v1/uploads/u1': state({ status: 'expired' }),
    'POST /api/v1/uploads': { ...MULTIPART, id: 'u2' },
    'GET /api/v1/uploads/u2/parts': { part_size: PART, parts: [] },
    'POST /api/v1/uploads/u2/parts': {
      expires_at: SOON,
      parts: [{ part_number: 1, url: 'https://store/new' }],
    },
    'POST /api/v1/uploads/u2/complete': TAKEN,
  });
  const uploads = new Uploads({ shelf: memoryShelf([left]), ...store(), claim });
  await uploads.restore(ADA);
  await settle();
  const begun = asked.find(({ method, url }) => method === 'POST' && url.endsWith('/uploads'));
  expect(begun?.headers.get('Idempotency-Key')).not.toBe(left.sending.key);
  expect(uploads.shown()).toEqual([]);
});

test('another page of the browser that is at it is left alone', async () => {
  const left = await interrupted();
  const { sent, transmit } = store();
  const uploads = new Uploads({ shelf: memoryShelf([left]), transmit, claim: async () => null });
  await uploads.restore(ADA);
  expect(uploads.shown()).toEqual([]);
  expect(sent).toEqual([]);
});

test('what the service refuses is shown with its reason, and can be removed', async () => {
  oneUpload({ 'POST /api/v1/uploads': problem(422, 'upload_too_large', 'Split it.') });
  const shelf = memoryShelf();
  const uploads = new Uploads({ shelf, ...store(), claim });
  await uploads.add({ file: file() }, ADA);
  await settle();
  const [failed] = uploads.shown();
  expect(failed).toMatchObject({ stage: 'failed', error: { detail: 'Split it.' } });
  expect(shelf.kept.size).toBe(0); // it would be refused again after each reload
  await uploads.cancel(failed?.sending.id ?? '');
  expect(uploads.shown()).toEqual([]);
});

test('a recording that was refused is kept, as there is no other', async () => {
  oneUpload({ 'POST /api/v1/uploads': problem(403, 'quota_exceeded') });
  const shelf = memoryShelf();
  const uploads = new Uploads({ shelf, ...store(), claim });
  await uploads.add({ file: file(), onlyHere: true }, ADA);
  await settle();
  expect(uploads.shown()).toMatchObject([{ stage: 'failed' }]);
  expect([...shelf.kept.values()]).toMatchObject([{ bytes: { size: 35 } }]);
});

test('a file that was rejected once it arrived says why', async () => {
  oneUpload({
    'POST /api/v1/uploads/u1/complete': state(),
    'GET /api/v1/uploads/u1': state({
      status: 'rejected',
      error: { code: 'no_sound', message: 'No sound.' },
    }),
  });
  const uploads = new Uploads({ shelf: memoryShelf(), ...store(), claim });
  await uploads.add({ file: file() }, ADA);
  await settle();
  expect(uploads.shown()).toMatchObject([{ stage: 'failed', error: { detail: 'No sound.' } }]);
});

test('cancelling gives the upload up with the service too', async () => {
  const asked = oneUpload();
  const uploads = new Uploads({
    shelf: memoryShelf(),
    transmit: () => new Promise<void>(() => {}),
    claim,
  });
  await uploads.add({ file: file() }, ADA);
  await settle();
  await uploads.cancel(uploads.shown()[0]?.sending.id ?? '');
  expect(asked.at(-1)?.method).toBe('DELETE');
  expect(uploads.shown()).toEqual([]);
});

test('two are sent at once, and the third when one of them is through', async () => {
  oneUpload();
  const open: (() => void)[] = [];
  const transmit = () => new Promise<void>((resolve) => open.push(resolve));
  const uploads = new Uploads({ shelf: memoryShelf(), transmit, claim });
  for (const name of ['a.wav', 'b.wav', 'c.wav']) await uploads.add({ file: file(5, name) }, ADA);
  await settle();
  expect(uploads.shown().map(({ stage }) => stage)).toEqual(['sending', 'sending', 'waiting']);
  open[0]?.();
  await settle();
  expect(uploads.shown().map(({ stage }) => stage)).toEqual(['sending', 'sending']);
});
