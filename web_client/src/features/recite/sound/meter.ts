/** Listens to a microphone, twenty times a second, and remembers what it heard of a stretch. */
import { loudnessDb } from '@/lib/sound/level';

const EVERY_MS = 50;
/** Samples of one reading: longer than the time between two, so that nothing goes unheard. */
const WINDOW = 4096;
/** Ten minutes; nobody takes longer over a sentence. */
const MOST_READINGS = 12_000;

export interface Reading {
  /** Loudness in dB below full scale. */
  db: number;
  /** Of the loudest sample, 0 to 1. */
  peak: number;
}

export class Meter {
  readonly #context = new AudioContext();
  readonly #analyser: AnalyserNode;
  readonly #samples = new Float32Array(WINDOW);
  readonly #listeners = new Set<(reading: Reading) => void>();
  readonly #timer: ReturnType<typeof setInterval>;
  #stretch: Reading[] = [];
  #isPaused = false;

  constructor(stream: MediaStream) {
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = WINDOW;
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    // A browser may hold sound back until somebody has pressed something.
    void this.#context.resume();
    this.#timer = setInterval(() => this.#read(), EVERY_MS);
  }

  readonly subscribe = (listener: (reading: Reading) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What was heard since it was asked to begin anew. */
  stretch(): readonly Reading[] {
    return this.#stretch;
  }

  beginAnew(): void {
    this.#stretch = [];
  }

  /** While it pauses, what it hears is shown but not remembered. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
  }

  close(): void {
    clearInterval(this.#timer);
    void this.#context.close();
  }

  #read(): void {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let peak = 0;
    for (const sample of this.#samples) peak = Math.max(peak, Math.abs(sample));
    const reading = { db: loudnessDb(this.#samples), peak };
    if (!this.#isPaused && this.#stretch.length < MOST_READINGS) this.#stretch.push(reading);
    for (const listener of this.#listeners) listener(reading);
  }
}
