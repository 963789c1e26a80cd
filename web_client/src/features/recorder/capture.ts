/** One recording while it is made: from the microphone to the tape. */
import { type Fault, faultOf } from '@/lib/sound/faults';
import type { Tape } from './tape';

const SLICE_MS = 1000;
const BITS_PER_SECOND = 128_000;

export class Capture {
  /** What can be seen of the sound. */
  readonly analyser: AnalyserNode;
  /** Resolves when nothing more will come, with what ended it unless that was wished. */
  readonly ended: Promise<Fault | null>;
  readonly #recorder: MediaRecorder;
  readonly #stream: MediaStream;
  readonly #context: AudioContext;
  #fault: Fault | null = null;
  #elapsedMs = 0;
  #runningSince: number | null = null;

  constructor(stream: MediaStream, tape: Tape) {
    this.#stream = stream;
    this.#context = new AudioContext();
    this.analyser = this.#context.createAnalyser();
    this.#context.createMediaStreamSource(stream).connect(this.analyser);

    this.#recorder = new MediaRecorder(stream, {
      ...(tape.recording.contentType ? { mimeType: tape.recording.contentType } : {}),
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    this.#recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) tape.add(data).catch((error: unknown) => this.#fail(faultOf(error)));
    };
    this.#recorder.onerror = (event) => this.#fail(faultOf('error' in event ? event.error : null));
    for (const track of stream.getTracks()) track.onended = () => this.#fail('unplugged');
    this.ended = new Promise((resolve) => {
      this.#recorder.onstop = async () => {
        this.#halt();
        this.#free();
        await tape.settled().catch((error: unknown) => {
          this.#fault ??= faultOf(error);
        });
        resolve(this.#fault);
      };
    });
    this.#recorder.start(SLICE_MS);
    this.#run();
    document.addEventListener('visibilitychange', this.#hurry);
  }

  pause(): void {
    this.#recorder.pause();
    this.#halt();
  }

  resume(): void {
    this.#recorder.resume();
    this.#run();
  }

  stop(): void {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  /** How long has been recorded, without the pauses. */
  elapsedMs(): number {
    return this.#elapsedMs + (this.#runningSince === null ? 0 : performance.now() - this.#runningSince);
  }

  #run(): void {
    this.#runningSince = performance.now();
    // A browser may hold sound back until somebody has pressed something.
    void this.#context.resume();
  }

  #halt(): void {
    this.#elapsedMs = this.elapsedMs();
    this.#runningSince = null;
  }

  #fail(fault: Fault): void {
    this.#fault ??= fault;
    this.stop();
  }

  /** A phone may end a page that is put away: what there is of the slice is kept now. */
  readonly #hurry = (): void => {
    if (document.visibilityState === 'hidden' && this.#recorder.state === 'recording') {
      this.#recorder.requestData();
    }
  };

  #free(): void {
    document.removeEventListener('visibilitychange', this.#hurry);
    for (const track of this.#stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    void this.#context.close();
  }
}
