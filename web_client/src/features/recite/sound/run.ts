/** One run of the recorder: from its start to its end, its slices in order, and how far it has come. */
import { type Fault, faultOf } from '@/lib/sound/faults';
import { type Length, lengthOf } from './length';

const SLICE_MS = 2000;
const BITS_PER_SECOND = 128_000;

/** A slice with what its sound, joined to all before it, is long. */
export interface RecordedSlice {
  bytes: ArrayBuffer;
  contentType: string;
  soundMs: number;
}

export class Run {
  /** Resolves when sound comes in. */
  readonly started: Promise<void>;
  /** Resolves when nothing more will come and all is kept, with what ended it unless that was wished. */
  readonly ended: Promise<Fault | null>;
  readonly #recorder: MediaRecorder;
  readonly #baseMs: number;
  readonly #keep: (slice: RecordedSlice) => Promise<void>;
  readonly #length: Length | null;
  #last: Promise<void> = Promise.resolve();
  #fault: Fault | null = null;
  #isTorn = false;
  #elapsedMs = 0;
  #runningSince: number | null = null;

  /** Record what comes from a microphone, on a time line that has come to `baseMs`. */
  constructor(
    stream: MediaStream,
    contentType: string,
    baseMs: number,
    keep: (slice: RecordedSlice) => Promise<void>,
  ) {
    this.#baseMs = baseMs;
    this.#keep = keep;
    this.#recorder = new MediaRecorder(stream, {
      ...(contentType ? { mimeType: contentType } : {}),
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    this.#length = lengthOf(contentType);
    this.#recorder.ondataavailable = ({ data }) => this.#add(data);
    this.#recorder.onerror = (event) => this.stop(faultOf('error' in event ? event.error : null));
    for (const track of stream.getTracks()) track.onended = () => this.stop('unplugged');
    this.started = new Promise((resolve) => {
      this.#recorder.onstart = ({ timeStamp }) => {
        this.#runningSince = timeStamp;
        resolve();
      };
    });
    this.ended = new Promise((resolve) => {
      this.#recorder.onstop = async () => {
        this.#halt();
        document.removeEventListener('visibilitychange', this.#hurry);
        for (const track of stream.getTracks()) track.onended = null;
        await this.#last;
        resolve(this.#fault);
      };
    });
    this.#recorder.start(SLICE_MS);
    document.addEventListener('visibilitychange', this.#hurry);
  }

  /** Where on the time line of the recital the sound of this moment is. */
  positionMs(): number {
    return this.#baseMs + this.#ownMs();
  }

  pause(): void {
    this.#recorder.pause();
    this.#halt();
    this.flush();
  }

  resume(): void {
    this.#recorder.resume();
    this.#runningSince = performance.now();
  }

  /** Have what there is of the slice kept now. */
  flush(): void {
    if (this.#recorder.state !== 'inactive') this.#recorder.requestData();
  }

  /** End it, for a reason that nobody wished for where one is given. */
  stop(fault: Fault | null = null): void {
    this.#fault ??= fault;
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  #ownMs(): number {
    return this.#elapsedMs + (this.#runningSince === null ? 0 : performance.now() - this.#runningSince);
  }

  #halt(): void {
    this.#elapsedMs = this.#ownMs();
    this.#runningSince = null;
  }

  #add(data: Blob): void {
    if (data.size === 0) return;
    const cameAtMs = this.#ownMs();
    this.#last = this.#last.then(async () => {
      if (this.#isTorn) return; // after one that could not be kept there would be a gap
      const bytes = await data.arrayBuffer();
      this.#length?.push(new Uint8Array(bytes));
      const soundMs = this.#baseMs + (this.#length?.ms ?? cameAtMs);
      await this.#keep({ bytes, contentType: this.#recorder.mimeType, soundMs });
    });
    this.#last = this.#last.catch((error: unknown) => {
      this.#isTorn = true;
      this.stop(faultOf(error));
    });
  }

  /** A phone may end a page that is put away. */
  readonly #hurry = (): void => {
    if (document.visibilityState === 'hidden') this.flush();
  };
}
