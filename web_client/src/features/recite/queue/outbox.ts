/** All recitals of this page that are not wholly with the service: they go on being sent while other pages are shown. */
import { type Claim, claim as claimName } from '@/lib/claim';
import { Bell } from './bell';
import * as device from './device';
import type { Ending, Recital, Segment, Slice } from './recital';
import { send } from './send';

/** `reciting`: its page records it. `left`: its page was closed or died, and nobody has said what is to become of it. */
export type Stage = 'reciting' | 'left' | 'ending';

/** A recital as it is shown. */
export interface Unsent {
  recital: Recital;
  stage: Stage;
  isOffline: boolean;
  /** What the service has refused to take; nothing is sent until that is tried again. */
  error: unknown;
}

interface Entry {
  unsent: Unsent;
  claim: Claim;
  stop: AbortController;
  bell: Bell;
  isSending: boolean;
}

type Claiming = (name: string) => Promise<Claim | null>;

export class Outbox {
  /** Told when the service has all of a recital, or nothing of one that was discarded. */
  onSent: (recital: Recital) => void = () => {};
  readonly #claim: Claiming;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  #shown: readonly Unsent[] = [];

  constructor(claim: Claiming = claimName) {
    this.#claim = claim;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly shown = (): readonly Unsent[] => this.#shown;

  /** Take up a recital that begins now. */
  async begin(recital: Recital): Promise<void> {
    await device.begin(recital);
    await this.#enter(recital, 'reciting');
  }

  /** Take up what this person left unsent, as far as no other page has it. */
  async restore(ownerId: string): Promise<void> {
    for (const recital of await device.recitalsOf(ownerId)) {
      if (!this.#entries.has(recital.id)) await this.#enter(recital, recital.ending ? 'ending' : 'left');
    }
  }

  /** Go on with a recital that was left; or leave it, when its page is left. */
  turn(id: string, stage: 'reciting' | 'left'): void {
    const entry = this.#entries.get(id);
    if (entry && !entry.unsent.recital.ending) this.#change(entry, { stage });
  }

  async addSlice(id: string, slice: Slice, soundMs: number): Promise<void> {
    this.#hear(await device.keepSlice(id, slice, soundMs));
  }

  /** Keep the segments from an index on; those before `settled` may be sent. */
  async keepSegments(id: string, from: number, segments: readonly Segment[], settled: number): Promise<void> {
    await device.keepSegments(id, from, segments, settled);
    this.#entries.get(id)?.bell.ring();
  }

  /** Nothing more will come. */
  async end(id: string, ending: Ending): Promise<void> {
    const recital = await device.note(id, { ending });
    const entry = this.#entries.get(id);
    if (!recital || !entry) return;
    this.#change(entry, { recital, stage: 'ending', error: null });
    if (ending === 'discard') entry.stop.abort(); // what it is sending is not wanted any more
    void this.#send(entry);
    entry.bell.ring();
  }

  /** Try again what the service has refused. */
  retry(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#change(entry, { error: null });
    void this.#send(entry);
  }

  /** Let go what the service will never take. */
  async drop(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.stop.abort();
    await device.forget(id);
    this.#leave(entry);
  }

  async #enter(recital: Recital, stage: Stage): Promise<void> {
    const claim = await this.#claim(`lectern-recital-${recital.id}`);
    if (!claim) return;
    const entry: Entry = {
      unsent: { recital, stage, isOffline: false, error: null },
      claim,
      stop: new AbortController(),
      bell: new Bell(),
      isSending: false,
    };
    this.#entries.set(recital.id, entry);
    this.#tell();
    void this.#send(entry);
  }

  #hear(recital: Recital): void {
    const entry = this.#entries.get(recital.id);
    if (!entry) return;
    this.#change(entry, { recital });
    entry.bell.ring();
  }

  async #send(entry: Entry): Promise<void> {
    if (entry.isSending) return;
    entry.isSending = true;
    const { id } = entry.unsent.recital;
    if (entry.stop.signal.aborted) entry.stop = new AbortController();
    const { signal } = entry.stop;
    try {
      await send(id, {
        signal,
        tries: Number.POSITIVE_INFINITY,
        onOffline: (isOffline) => this.#change(entry, { isOffline }),
        onStep: (recital) => this.#change(entry, { recital }),
        more: () => entry.bell.heard(signal),
      });
      if (this.#leave(entry)) this.onSent(entry.unsent.recital);
    } catch (error) {
      if (!signal.aborted) this.#change(entry, { isOffline: false, error });
    } finally {
      entry.isSending = false;
      // It was stopped in order to do what is wished for now.
      if (signal.aborted && this.#entries.has(id)) void this.#send(entry);
    }
  }

  #leave(entry: Entry): boolean {
    const isHere = this.#entries.delete(entry.unsent.recital.id);
    entry.claim.release();
    this.#tell();
    return isHere;
  }

  #change(entry: Entry, news: Partial<Unsent>): void {
    if (!this.#entries.has(entry.unsent.recital.id)) return;
    entry.unsent = { ...entry.unsent, ...news };
    this.#tell();
  }

  #tell(): void {
    this.#shown = [...this.#entries.values()].map(({ unsent }) => unsent);
    for (const listener of this.#listeners) listener();
  }
}
