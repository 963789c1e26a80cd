import { Problem } from '@/api/problem';
import type { Draft, Edited } from '../Draft';
import type { TranscriptText } from '../text/lines';
import type { WireOperation } from '../text/operations';

/** How what is done stands with the service. */
export type Standing =
  | { is: 'saved' | 'unsaved' | 'saving' | 'offline' | 'conflict' }
  /** It did not work, and is tried again by itself. */
  | { is: 'failing'; error: unknown };

/** The service, as far as one transcript goes. */
export interface Service {
  send: (operations: WireOperation[], version: number) => Promise<Edited>;
  read: () => Promise<TranscriptText>;
  /** Hear what the service will not have, and what is not in the text any more. */
  refused: (problem: Problem) => void;
}

/** Long enough that a sentence is one version, short enough that little is lost with a machine that stops. */
export const PAUSE_MS = 1200;
const LONGEST_PAUSE_MS = 10_000;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 30_000;
const MOST_OPERATIONS = 200;

/** Sends what is done to a draft, in order, and takes in what others do meanwhile. */
export class Saver {
  private readonly draft: Draft;
  private readonly service: Service;
  private readonly listeners = new Set<() => void>();
  private state: Standing = { is: 'saved' };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waitingSince: number | null = null;
  private failures = 0;
  private running: Promise<void> | null = null;
  /** How many may be sent at once: one by one after a refusal, to find out which is refused. */
  private most = MOST_OPERATIONS;
  private newest = 0;

  constructor(draft: Draft, service: Service) {
    this.draft = draft;
    this.service = service;
  }

  get standing(): Standing {
    return this.state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Watch the draft and the connection until the returned function is called, which still sends what there is. */
  readonly watch = (): (() => void) => {
    const stop = this.draft.subscribe(() => this.soon());
    window.addEventListener('online', this.now);
    document.addEventListener('visibilitychange', this.now);
    return () => {
      stop();
      window.removeEventListener('online', this.now);
      document.removeEventListener('visibilitychange', this.now);
      this.now();
    };
  };

  /** Send what there is without waiting for a pause. */
  readonly now = (): void => {
    void this.start();
  };

  /** Send what there is; returns whether all of it has arrived. */
  async settle(): Promise<boolean> {
    await this.running;
    await this.start();
    return this.draft.isSaved;
  }

  /** Others have made a version: take it in, unless it is one's own or one that is known. */
  hear(version: number): void {
    this.newest = Math.max(this.newest, version);
    if (this.newest > this.draft.version) this.now();
  }

  private soon(): void {
    if (!this.draft.hasUnsent || this.running || this.draft.conflicts.length > 0) {
      this.look();
      return;
    }
    this.waitingSince ??= performance.now();
    const left = this.waitingSince + LONGEST_PAUSE_MS - performance.now();
    this.after(Math.max(0, Math.min(PAUSE_MS, left)));
    this.tell(this.state.is === 'offline' || this.state.is === 'failing' ? this.state : { is: 'unsaved' });
  }

  private after(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.now, ms);
  }

  private start(): Promise<void> {
    clearTimeout(this.timer);
    this.waitingSince = null;
    this.running ??= this.run().then((isDone) => {
      this.running = null;
      if (isDone) this.look(); // else it says what is wrong, until it is tried again
    });
    return this.running;
  }

  private async run(): Promise<boolean> {
    try {
      while (this.draft.conflicts.length === 0) {
        if (this.newest > this.draft.version) await this.takeIn();
        else if (this.draft.hasUnsent) await this.sendSome();
        else break;
      }
      this.failures = 0;
      this.most = MOST_OPERATIONS;
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  private async sendSome(): Promise<void> {
    this.tell({ is: 'saving' });
    const operations = this.draft.take(this.most);
    // Nothing that is still there was to be done.
    if (operations.length === 0) return this.draft.drop();
    try {
      this.draft.accept(await this.service.send(operations, this.draft.version));
    } catch (error) {
      this.draft.giveBack();
      if (!(error instanceof Problem)) throw error;
      if (error.status === 412 && (await this.takeIn())) return;
      if (error.status !== 409 && error.status !== 422) throw error;
      this.refuse(error, operations.length);
    }
  }

  /** Read what others have made of the text; returns whether there is anything new. */
  private async takeIn(): Promise<boolean> {
    const text = await this.service.read();
    const isNew = text.version > this.draft.version;
    if (isNew) this.draft.receive(text);
    this.newest = this.draft.version;
    return isNew;
  }

  private refuse(problem: Problem, count: number): void {
    if (count > 1) {
      this.most = 1;
      return;
    }
    this.draft.take(1);
    this.draft.drop();
    this.most = MOST_OPERATIONS;
    this.service.refused(problem);
  }

  private fail(error: unknown): void {
    const isOffline = error instanceof Problem && error.status === 0;
    this.tell(isOffline ? { is: 'offline' } : { is: 'failing', error });
    this.after(Math.min(FIRST_RETRY_MS * 2 ** this.failures, LONGEST_RETRY_MS));
    this.failures += 1;
  }

  /** Say how it stands once nothing is on its way. */
  private look(): void {
    if (this.running) return;
    if (this.draft.conflicts.length > 0) this.tell({ is: 'conflict' });
    else if (this.draft.hasUnsent) this.soon();
    else this.tell({ is: 'saved' });
  }

  private tell(state: Standing): void {
    if (state.is === this.state.is && !('error' in state)) return;
    this.state = state;
    for (const listener of [...this.listeners]) listener();
  }
}
