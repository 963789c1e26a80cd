/** Where unfinished uploads outlast the page. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Sending } from './sending';

export interface Kept {
  sending: Sending;
  /** The file itself, where it was kept. */
  bytes: Blob | null;
}

export interface Shelf {
  all: (ownerId: string) => Promise<Kept[]>;
  /** Keep an upload as it stands now, the first time with its bytes where those are to be kept. */
  put: (sending: Sending, bytes?: Blob | null) => Promise<void>;
  remove: (id: string) => Promise<void>;
}

interface Layout extends DBSchema {
  sendings: { key: string; value: Sending; indexes: { owner: string } };
  /** Apart, so that a small change of an upload does not write all of its file again. */
  bytes: { key: string; value: Blob };
}

const STORES = ['sendings', 'bytes'] as const;
const STRICT = { durability: 'strict' } as const;

let opened: Promise<IDBPDatabase<Layout>> | null = null;

function database(): Promise<IDBPDatabase<Layout>> {
  opened ??= openDB<Layout>('lectern-uploads', 1, {
    upgrade: (db) => {
      db.createObjectStore('sendings', { keyPath: 'id' }).createIndex('owner', 'ownerId');
      db.createObjectStore('bytes');
    },
    terminated: () => {
      opened = null;
    },
  });
  return opened;
}

export const shelf: Shelf = {
  async all(ownerId) {
    const look = (await database()).transaction(STORES);
    const sendings = await look.objectStore('sendings').index('owner').getAll(ownerId);
    const kept = await Promise.all(
      sendings.map(async (sending) => ({
        sending,
        bytes: (await look.objectStore('bytes').get(sending.id)) ?? null,
      })),
    );
    return kept.sort((one, other) => one.sending.addedAt - other.sending.addedAt);
  },
  async put(sending, bytes = null) {
    const change = (await database()).transaction(STORES, 'readwrite', STRICT);
    await Promise.all([
      change.objectStore('sendings').put(sending),
      bytes && change.objectStore('bytes').put(bytes, sending.id),
      change.done,
    ]);
  },
  async remove(id) {
    const change = (await database()).transaction(STORES, 'readwrite', STRICT);
    await Promise.all([
      change.objectStore('sendings').delete(id),
      change.objectStore('bytes').delete(id),
      change.done,
    ]);
  },
};
