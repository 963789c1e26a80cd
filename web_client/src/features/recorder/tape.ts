/** Where the slices of recordings are kept as they come, so that no reload, crash or full network loses them. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A recording, under way or ended. */
export interface Recording {
  session: string;
  ownerId: string;
  contentType: string;
  startedAt: number;
}

interface Layout extends DBSchema {
  recordings: { key: string; value: Recording; indexes: { owner: string } };
  slices: { key: [session: string, sequence: number]; value: ArrayBuffer };
}

/** Each slice is on the disk before the next is asked for. */
const STRICT = { durability: 'strict' } as const;

let opened: Promise<IDBPDatabase<Layout>> | null = null;

function database(): Promise<IDBPDatabase<Layout>> {
  opened ??= openDB<Layout>('lectern-recordings', 1, {
    upgrade: (db) => {
      db.createObjectStore('recordings', { keyPath: 'session' }).createIndex('owner', 'ownerId');
      db.createObjectStore('slices');
    },
    terminated: () => {
      opened = null;
    },
  });
  return opened;
}

function slicesOf(session: string): IDBKeyRange {
  return IDBKeyRange.bound([session, 0], [session, Number.POSITIVE_INFINITY]);
}

/** What one recording is written to. A slice that could not be kept ends it: after a gap nothing could be played. */
export class Tape {
  readonly recording: Recording;
  #sequence = 0;
  #last: Promise<void> = Promise.resolve();

  private constructor(recording: Recording) {
    this.recording = recording;
  }

  static async begin(recording: Recording): Promise<Tape> {
    const change = (await database()).transaction('recordings', 'readwrite', STRICT);
    await Promise.all([change.store.put(recording), change.done]);
    return new Tape(recording);
  }

  /** Keep the next slice, in the order of the calls. */
  add(slice: Blob): Promise<void> {
    const sequence = this.#sequence;
    this.#sequence += 1;
    this.#last = this.#last.then(async () =>
      keepSlice(this.recording.session, sequence, await slice.arrayBuffer()),
    );
    return this.#last;
  }

  /** Wait until all that was added is kept. */
  settled(): Promise<void> {
    return this.#last;
  }
}

/** Keep one slice under its number; keeping it twice changes nothing. */
export async function keepSlice(session: string, sequence: number, bytes: ArrayBuffer): Promise<void> {
  const change = (await database()).transaction('slices', 'readwrite', STRICT);
  await Promise.all([change.store.put(bytes, [session, sequence]), change.done]);
}

/** All that was kept of a recording, joined in order. */
export async function play(recording: Recording): Promise<Blob> {
  const slices = await (await database()).getAll('slices', slicesOf(recording.session));
  return new Blob(slices, { type: recording.contentType });
}

/** How many slices were kept: about as many seconds. */
export async function countSlices(session: string): Promise<number> {
  return (await database()).count('slices', slicesOf(session));
}

/** Recordings of a person that are here, the oldest first. */
export async function recordingsOf(ownerId: string): Promise<Recording[]> {
  const found = await (await database()).getAllFromIndex('recordings', 'owner', ownerId);
  return found.sort((one, other) => one.startedAt - other.startedAt);
}

/** Throw a recording away, all of it or nothing. */
export async function erase(session: string): Promise<void> {
  const change = (await database()).transaction(['recordings', 'slices'], 'readwrite', STRICT);
  await Promise.all([
    change.objectStore('recordings').delete(session),
    change.objectStore('slices').delete(slicesOf(session)),
    change.done,
  ]);
}
