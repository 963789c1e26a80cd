export interface Timed {
  start_ms: number;
  end_ms: number;
}

/** A word stays lit through a pause as short as this, so that the light does not flicker. */
const BRIDGED_MS = 300;

/** Finds the word that is spoken at a time, among any number of them. */
export class WordTimes {
  private readonly words: readonly Timed[];
  /** Indexes of the words by their beginnings: those of several speakers may be mixed. */
  private readonly order: readonly number[];
  /** The latest end among the words up to each place in the order, so that a pause is known at once. */
  private readonly reach: readonly number[];

  constructor(words: readonly Timed[]) {
    this.words = words;
    this.order = [...words.keys()].sort((one, other) => this.start(one) - this.start(other) || one - other);
    let latest = 0;
    this.reach = this.order.map((index) => {
      latest = Math.max(latest, this.end(index));
      return latest;
    });
  }

  /** The index of the word at a time; of several that overlap the one that began last; null in a pause. */
  at(ms: number): number | null {
    const last = this.lastBegun(ms);
    for (let place = last; place >= 0 && (this.reach[place] ?? 0) > ms; place -= 1) {
      const index = this.order[place];
      if (index !== undefined && this.end(index) > ms) return index;
    }
    const before = this.order[last];
    return before !== undefined && (this.reach[last] ?? 0) + BRIDGED_MS > ms ? before : null;
  }

  /** The word at a time, or in a pause the one before it; null before the first. */
  atOrBefore(ms: number): number | null {
    return this.at(ms) ?? this.order[this.lastBegun(ms)] ?? null;
  }

  /** The place in the order of the last word that has begun at a time, or -1. */
  private lastBegun(ms: number): number {
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start(this.order[middle] ?? 0) <= ms) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private start(index: number): number {
    return this.words[index]?.start_ms ?? 0;
  }

  private end(index: number): number {
    return this.words[index]?.end_ms ?? 0;
  }
}
