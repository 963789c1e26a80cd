/** Where recitals are kept on this device: on the disk before anything else happens to them. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Recital, Segment, Slice } from './recital';

interface Layout extends DBSchema {
  recitals: { key: string; value: Recital; indexes: { owner: string } };
  slices: { key: [recital: string, sequence: number]; value: Slice };
  segments: { key: [recital: string, index: number]; value: Segment };
}

const STORES = ['recitals', 'slices', 'segments'] as const;
const STRICT = { durability: 'strict' } as const;

let opened: Promise<IDBPDatabase<Layout>> | null = null;

function database(): Promise<IDBPDatabase<Layout>> {
  opened ??= openDB<Layout>('lectern-recitals', 1, {
    upgrade: (db) => {
      db.createObjectStore('recitals', { keyPath: 'id' }).createIndex('owner', 'ownerId');
      db.createObjectStore('slices');
      db.createObjectStore('segments');
    },
    terminated: () => {
      opened = null;
    },
  });
  return opened;
}

function allOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]);
}

export async function begin(recital: Recital): Promise<void> {
  const change = (await database()).transaction('recitals', 'readwrite', STRICT);
  await Promise.all([change.store.add(recital), change.done]);
}

/** A person's recitals that are not wholly with the service, the oldest first. */
export async function recitalsOf(ownerId: string): Promise<Recital[]> {
  const found = await (await database()).getAllFromIndex('recitals', 'owner', ownerId);
  return found.sort((one, other) => one.beganAt - other.beganAt);
}

export async function recitalOf(id: string): Promise<Recital | undefined> {
  return (await database()).get('recitals', id);
}

/** Write down what became true of a recital, and return it as it is then; undefined where it is gone. */
export async function note(id: string, news: Partial<Recital>): Promise<Recital | undefined> {
  const change = (await database()).transaction('recitals', 'readwrite', STRICT);
  const recital = await change.store.get(id);
  const changed = recital && { ...recital, ...news };
  await Promise.all([changed && change.store.put(changed), change.done]);
  return changed;
}

/** Keep the next slice; `soundMs` is how long the sound is with it. */
export async function keepSlice(id: string, slice: Slice, soundMs: number): Promise<Recital> {
  try {
    return await putSlice(id, slice, soundMs);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'QuotaExceededError')) throw error;
    // They are kept until the end in case the service should miss one; this one exists nowhere else.
    await forgetSent(id);
    return putSlice(id, slice, soundMs);
  }
}

async function putSlice(id: string, slice: Slice, soundMs: number): Promise<Recital> {
  const change = (await database()).transaction(['recitals', 'slices'], 'readwrite', STRICT);
  const recital = await change.objectStore('recitals').get(id);
  if (!recital) throw new Error('The recital was thrown away.');
  const longer = { ...recital, sliceCount: recital.sliceCount + 1, soundMs };
  await Promise.all([
    change.objectStore('slices').put(slice, [id, recital.sliceCount]),
    change.objectStore('recitals').put(longer),
    change.done,
  ]);
  return longer;
}

async function forgetSent(id: string): Promise<void> {
  const change = (await database()).transaction(['recitals', 'slices'], 'readwrite', STRICT);
  const sent = (await change.objectStore('recitals').get(id))?.slicesSent ?? 0;
  const range = IDBKeyRange.bound([id, 0], [id, sent], false, true);
  await Promise.all([change.objectStore('slices').delete(range), change.done]);
}

export async function sliceOf(id: string, sequence: number): Promise<Slice | undefined> {
  return (await database()).get('slices', [id, sequence]);
}

/** Keep the segments from an index on, with none after them; those before `settled` are never changed again. */
export async function keepSegments(
  id: string,
  from: number,
  segments: readonly Segment[],
  settled: number,
): Promise<void> {
  const change = (await database()).transaction(['recitals', 'segments'], 'readwrite', STRICT);
  const recital = await change.objectStore('recitals').get(id);
  if (!recital) throw new Error('The recital was thrown away.');
  const store = change.objectStore('segments');
  const beyond = IDBKeyRange.bound([id, from + segments.length], [id, Number.POSITIVE_INFINITY]);
  await Promise.all([
    ...segments.map((segment, at) => store.put(segment, [id, from + at])),
    store.delete(beyond),
    change.objectStore('recitals').put({ ...recital, settled: Math.max(settled, recital.settled) }),
    change.done,
  ]);
}

export async function segmentsOf(id: string): Promise<Segment[]> {
  return (await database()).getAll('segments', allOf(id));
}

/** All sound of a recital that is still here, as one file. */
export async function soundOf(id: string): Promise<Blob> {
  const slices = await (await database()).getAll('slices', allOf(id));
  return new Blob(
    slices.map(({ bytes }) => bytes),
    { type: slices[0]?.contentType ?? '' },
  );
}

/** Let a recital go, all of it or nothing. */
export async function forget(id: string): Promise<void> {
  const change = (await database()).transaction(STORES, 'readwrite', STRICT);
  await Promise.all([
    change.objectStore('recitals').delete(id),
    change.objectStore('slices').delete(allOf(id)),
    change.objectStore('segments').delete(allOf(id)),
    change.done,
  ]);
}
