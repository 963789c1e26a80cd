/** All uploads of this page: they go on while people look at other pages of it. */
import { answer, api } from '@/api/client';
import { type Claim, claim as claimName } from '@/lib/claim';
import { untilDecided } from './decided';
import { mediaTypeOf } from './mediaTypes';
import { ignoreWhatIsOver, isFinal, rejection } from './outcome';
import { openAgain } from './reopening';
import { apiRoad } from './road';
import { type Journey, send } from './send';
import { type Brought, isKept, isSameFile, type Sending, sendingOf } from './sending';
import { shelf as deviceShelf, type Shelf } from './shelf';
import { type Transmit, transmit as transmitByNetwork } from './transmit';

/** `asleep`: its bytes are not at hand, and the person has to bring them again. */
export type Stage = 'waiting' | 'sending' | 'offline' | 'checking' | 'asleep' | 'failed';

/** An upload as it is shown. */
export interface Upload {
  sending: Sending;
  /** Null where it is not at hand. */
  file: Blob | null;
  stage: Stage;
  sent: number;
  error: unknown;
}

interface Entry {
  upload: Upload;
  claim: Claim;
  /** Ends whatever is going on with it. */
  stop: AbortController;
}

interface Parts {
  shelf: Shelf;
  transmit: Transmit;
  claim: (name: string) => Promise<Claim | null>;
}

const AT_ONCE = 2;

export class Uploads {
  /** Told when an upload has become a result; it is shown until that is over. */
  onTaken: (resultId: string) => Promise<unknown> = async () => {};
  readonly #parts: Parts;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #shown: readonly Upload[] = [];

  constructor(parts: Partial<Parts> = {}) {
    this.#parts = { shelf: deviceShelf, transmit: transmitByNetwork, claim: claimName, ...parts };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly shown = (): readonly Upload[] => this.#shown;

  /** Take what somebody brings. A file that an interrupted upload waits for lets that go on. */
  async add(brought: Brought, ownerId: string): Promise<void> {
    const waiting = [...this.#entries.values()].find(
      ({ upload }) => upload.stage === 'asleep' && isSameFile(upload.sending, brought.file),
    );
    if (waiting) {
      this.#wake(waiting, brought.file);
      return;
    }
    const sending = sendingOf(brought, mediaTypeOf(brought.file), ownerId);
    const kept = this.#parts.shelf.put(sending, isKept(brought) ? brought.file : null);
    // Whoever has the only copy keeps it until it is kept here; anything else is sent even where nothing can be kept.
    if (brought.onlyHere) await kept;
    else kept.catch(() => {});
    await this.#enter(sending, brought.file);
    this.#startNext();
  }

  /** Show what was left unfinished, and go on with it where the bytes are at hand. */
  async restore(ownerId: string): Promise<void> {
    for (const { sending, bytes } of await this.#parts.shelf.all(ownerId)) {
      if (this.#entries.has(sending.id)) continue;
      await this.#enter(sending, bytes ?? (await openAgain(sending, { mayAsk: false })));
    }
    this.#startNext();
  }

  /** Go on with what slept, once its file may be opened; says whether it could. */
  async reopen(id: string): Promise<boolean> {
    const entry = this.#entries.get(id);
    const file = entry && (await openAgain(entry.upload.sending, { mayAsk: true }));
    if (!file) return false;
    this.#wake(entry, file);
    return true;
  }

  /** Go on with a file that was picked again; says whether it is the same. */
  bring(id: string, file: File): boolean {
    const entry = this.#entries.get(id);
    if (!entry || !isSameFile(entry.upload.sending, file)) return false;
    this.#wake(entry, file);
    return true;
  }

  /** Try again what failed. */
  retry(id: string): void {
    const entry = this.#entries.get(id);
    if (entry?.upload.file) this.#wake(entry, entry.upload.file);
  }

  /** Give an upload up, here and with the service. */
  async cancel(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) return;
    const { uploadId } = entry.upload.sending;
    await this.#forget(entry);
    if (uploadId) {
      await answer(
        api.DELETE('/api/v1/uploads/{upload_id}', { params: { path: { upload_id: uploadId } } }),
      ).catch(ignoreWhatIsOver);
    }
  }

  async #enter(sending: Sending, file: Blob | null): Promise<void> {
    const claim = await this.#parts.claim(`lectern-upload-${sending.id}`);
    if (!claim) return; // another page of this browser is at it
    const stage = file ? 'waiting' : 'asleep';
    const upload: Upload = { sending, file, stage, sent: 0, error: null };
    this.#entries.set(sending.id, { upload, claim, stop: new AbortController() });
    this.#tell();
  }

  #wake(entry: Entry, file: Blob): void {
    this.#change(entry, { file, stage: 'waiting', error: null });
    this.#startNext();
  }

  #startNext(): void {
    const entries = [...this.#entries.values()];
    const running = entries.filter(({ upload }) => upload.stage === 'sending' || upload.stage === 'offline');
    const waiting = entries.filter(({ upload }) => upload.stage === 'waiting');
    for (const entry of waiting.slice(0, Math.max(0, AT_ONCE - running.length))) void this.#run(entry);
  }

  async #run(entry: Entry): Promise<void> {
    const { upload, stop } = entry;
    const { file } = upload;
    if (!file) return;
    this.#change(entry, { stage: 'sending' });
    const journey = this.#journey(entry);
    try {
      const state = await send(entry.upload.sending, file, journey);
      this.#change(entry, { stage: 'checking', sent: file.size });
      this.#startNext();
      const decided = await untilDecided(state, { signal: stop.signal, onOffline: () => {} });
      if (decided?.error) throw rejection(decided.error);
      if (decided?.result_id) await this.onTaken(decided.result_id).catch(() => {});
      await this.#forget(entry);
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#change(entry, { stage: 'failed', error });
      // What is refused for good is not to be taken up again; but nothing that exists only here is let go.
      const { id, onlyHere } = entry.upload.sending;
      if (isFinal(error) && !onlyHere) await this.#parts.shelf.remove(id).catch(() => {});
    } finally {
      this.#startNext();
    }
  }

  #journey(entry: Entry): Journey {
    const { signal } = entry.stop;
    return {
      ...apiRoad(signal),
      signal,
      transmit: this.#parts.transmit,
      onOffline: (offline) => this.#change(entry, { stage: offline ? 'offline' : 'sending' }),
      onSent: (sent) => this.#change(entry, { sent }),
      keep: async (news) => {
        const sending = { ...entry.upload.sending, ...news };
        this.#change(entry, { sending });
        // Where nothing can be kept, the upload goes on all the same; it only won't outlast the page.
        if (!signal.aborted) await this.#parts.shelf.put(sending).catch(() => {});
      },
    };
  }

  async #forget(entry: Entry): Promise<void> {
    const { id } = entry.upload.sending;
    entry.stop.abort();
    this.#entries.delete(id);
    this.#tell();
    await this.#parts.shelf.remove(id).catch(() => {});
    entry.claim.release();
    this.#startNext();
  }

  #change(entry: Entry, news: Partial<Upload>): void {
    if (!this.#entries.has(entry.upload.sending.id)) return;
    entry.upload = { ...entry.upload, ...news };
    this.#tell();
  }

  #tell(): void {
    this.#shown = [...this.#entries.values()].map(({ upload }) => upload);
    for (const listener of this.#listeners) listener();
  }
}
