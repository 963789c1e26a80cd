/** Somebody reads a document, sentence by sentence, while it is recorded. */
import { type Fault, faultOf } from '@/lib/sound/faults';
import type { Outbox } from '../queue/outbox';
import type { Ending, Recital, Segment } from '../queue/recital';
import { endOf, mend, nextSentence, takeBack, withoutLast } from '../queue/timeline';
import type { Meter } from '../sound/meter';
import { isSpoken, judge, type Verdict } from '../sound/quality';
import type { Run } from '../sound/run';

/** `asking`: it is stopped, and asked what is to become of it. `over`: nothing more is recorded. */
export type Phase = 'reading' | 'paused' | 'asking' | 'over';

export interface Shown {
  phase: Phase;
  /** The sentence to be read now; as many as there are once all are read. */
  sentence: number;
  /** What is to be said of the sentence read last. */
  verdict: { sentence: number; verdict: Verdict } | null;
  /** The sentence that recording stopped in or after. */
  last: string | null;
}

interface Parts {
  outbox: Pick<Outbox, 'keepSegments' | 'end' | 'turn'>;
  run: Pick<Run, 'positionMs' | 'pause' | 'resume' | 'flush' | 'stop' | 'ended'>;
  meter: Pick<Meter, 'stretch' | 'beginAnew' | 'pause'>;
  textOf: (sentence: number) => string;
  sentenceCount: number;
}

/** Whoever goes back so soon means the sentence before; later, the one that is being read. */
const BACK_MS = 2000;
/** A key that was pressed twice is no sentence. */
const SHORTEST_MS = 250;

export class Reading {
  readonly recital: Recital;
  readonly #parts: Parts;
  readonly #listeners = new Set<() => void>();
  #segments: Segment[];
  #settled: number;
  #shown: Shown;
  #kept: Promise<void> = Promise.resolve();

  constructor(recital: Recital, segments: readonly Segment[], parts: Parts) {
    this.recital = recital;
    this.#parts = parts;
    this.#segments = [...segments];
    this.#settled = recital.settled;
    const sentence = nextSentence(recital, segments);
    this.#shown = { phase: 'reading', sentence, verdict: null, last: null };
  }

  /** The segments from which a recital that broke off goes on. */
  static mended(
    recital: Recital,
    segments: readonly Segment[],
    textOf: (sentence: number) => string,
  ): Segment[] {
    const borne = mend(segments, recital, null);
    const sentence = nextSentence(recital, borne);
    return mend(borne, recital, { sentence, text: textOf(sentence) });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly shown = (): Shown => this.#shown;

  /** What ended the recording against anybody's wish; null when it was wished. */
  get ended(): Promise<Fault | null> {
    return this.#parts.run.ended;
  }

  positionMs(): number {
    return this.#parts.run.positionMs();
  }

  /** The sentence is read: on to the next. */
  next(): void {
    const ms = this.#stretchMs();
    if (this.#shown.phase !== 'reading' || ms < SHORTEST_MS) return;
    const { sentence } = this.#shown;
    const verdict = judge(this.#parts.meter.stretch(), this.#parts.textOf(sentence), ms);
    this.#close({ doesNotCount: false });
    this.#show({ sentence: sentence + 1, verdict: { sentence, verdict } });
    if (this.isWhole) this.ask();
  }

  /** All is read. */
  get isWhole(): boolean {
    return this.#shown.sentence >= this.#parts.sentenceCount;
  }

  /** Read the sentence anew; just after its end, the one before; once all is read, the last. */
  again(): void {
    if (this.isWhole) this.#reopen();
    else if (this.#shown.phase === 'reading') this.#startOver();
  }

  #startOver(): void {
    const ms = this.#stretchMs();
    const taken = ms < BACK_MS && takeBack(this.#segments, this.#settled, this.positionMs());
    if (taken) this.#keep(taken, taken.length - 1);
    else if (ms >= SHORTEST_MS) this.#close({ doesNotCount: true });
    this.#show({ sentence: nextSentence(this.recital, this.#segments), verdict: null });
  }

  pause(): void {
    if (this.#shown.phase === 'reading') this.#halt('paused');
  }

  resume(): void {
    const { phase } = this.#shown;
    if (phase !== 'paused' && phase !== 'asking') return;
    if (this.isWhole) this.#show({ phase: 'paused' });
    else this.#goOn();
  }

  /** Stop, and ask what is to become of it. */
  ask(): void {
    if (this.#shown.phase === 'over') return;
    const last = this.#underWay() ?? this.#segments.findLast(({ doesNotCount }) => !doesNotCount) ?? null;
    this.#halt('asking');
    this.#show({ last: last && this.#parts.textOf(last.sentence) });
  }

  /** Keep it, with or without the sentence that it stopped in or after. */
  async save({ withLast }: { withLast: boolean }): Promise<void> {
    if (this.#underWay()) this.#close({ doesNotCount: false });
    await this.#finish({ discardLast: withLast ? 0 : withoutLast(this.#segments) });
  }

  discard(): Promise<void> {
    return this.#finish('discard');
  }

  /** Its page is left: it can be gone on with later. */
  async leave(): Promise<void> {
    if (this.#shown.phase === 'over') return;
    await this.#end();
    this.#parts.outbox.turn(this.recital.id, 'left');
  }

  #reopen(): void {
    const taken = takeBack(this.#segments, this.#settled, this.positionMs());
    if (!taken || this.#shown.phase === 'over') return;
    this.#keep(taken, taken.length - 1);
    this.#show({ sentence: nextSentence(this.recital, taken), verdict: null });
    this.#goOn();
  }

  #goOn(): void {
    this.#parts.run.resume();
    this.#parts.meter.pause(false);
    this.#show({ phase: 'reading' });
  }

  async #finish(ending: Ending): Promise<void> {
    await this.#end();
    try {
      await this.#kept;
      await this.#parts.outbox.end(this.recital.id, ending);
    } catch (error) {
      this.#parts.outbox.turn(this.recital.id, 'left');
      throw error;
    }
  }

  async #end(): Promise<void> {
    this.#show({ phase: 'over' });
    this.#parts.run.stop();
    await this.ended;
  }

  /** The sentence that somebody has begun to read. */
  #underWay(): { sentence: number } | null {
    const { sentence } = this.#shown;
    const isBegun = !this.isWhole && isSpoken(this.#parts.meter.stretch());
    return isBegun ? { sentence } : null;
  }

  #stretchMs(): number {
    return this.positionMs() - endOf(this.#segments);
  }

  #close({ doesNotCount }: Pick<Segment, 'doesNotCount'>): void {
    const { sentence } = this.#shown;
    const segment = { sentence, text: this.#parts.textOf(sentence), endMs: this.positionMs(), doesNotCount };
    const at = this.#segments.length;
    if (!doesNotCount) this.#settled = at;
    this.#keep([...this.#segments, segment], at);
  }

  #keep(segments: Segment[], from: number): void {
    this.#segments = segments;
    this.#parts.meter.beginAnew();
    this.#parts.run.flush();
    const settled = this.#settled;
    this.#kept = this.#kept.then(() =>
      this.#parts.outbox.keepSegments(this.recital.id, from, segments.slice(from), settled),
    );
    // A device that keeps nothing more stops the recording, whose sound needs far more room.
    this.#kept.catch((error: unknown) => this.#parts.run.stop(faultOf(error)));
  }

  #halt(phase: Phase): void {
    if (this.#shown.phase === 'reading') {
      this.#parts.run.pause();
      this.#parts.meter.pause(true);
    }
    this.#show({ phase });
  }

  #show(news: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...news };
    for (const listener of this.#listeners) listener();
  }
}
