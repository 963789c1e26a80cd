/** The text as it is worked on: segments that keep who they are while others come and go around them. */
import type { Schemas } from '@/api/client';

export type TranscriptText = Pick<Schemas['TranscriptText'], 'version' | 'segments' | 'words'>;
export type Spoken = Omit<Schemas['WordShown'], 'segment'>;

export interface Line {
  /** Stays the same whatever is put before it; the API counts segments instead. */
  key: string;
  start_ms: number;
  end_ms: number;
  text: string;
  speaker: string | null;
  confidence: number | null;
  words: readonly Spoken[];
}

/** Makes keys that no line has had before. */
export class Keys {
  private last = 0;

  next(): string {
    this.last += 1;
    return `line-${this.last}`;
  }
}

/** Read segments and their words; `first` is the index of the first of them among all. */
export function linesOf({ segments, words }: Pick<TranscriptText, 'segments' | 'words'>, keys: Keys): Line[] {
  const spoken = new Map<number, Spoken[]>();
  for (const { segment, ...word } of words) {
    const before = spoken.get(segment);
    if (before) before.push(word);
    else spoken.set(segment, [word]);
  }
  return segments.map(({ index, ...segment }) => ({
    ...segment,
    key: keys.next(),
    words: spoken.get(index) ?? [],
  }));
}

/** The same as the API tells it. */
export function textOf(lines: readonly Line[]): Pick<TranscriptText, 'segments' | 'words'> {
  return {
    segments: lines.map(({ key: _key, words: _words, ...segment }, index) => ({ ...segment, index })),
    words: lines.flatMap(({ words }, segment) => words.map((word) => ({ ...word, segment }))),
  };
}

/** A word and where it stands in its line's text. */
export interface Place {
  from: number;
  until: number;
  word: Spoken;
}

/** Find the words in the text of their line; those that were written over are nowhere. */
export function placesOf({ text, words }: Pick<Line, 'text' | 'words'>): Place[] {
  const places: Place[] = [];
  let past = 0;
  for (const word of words) {
    const written = word.text.trim();
    const from = text.indexOf(written, past);
    if (from < 0 || written === '') continue;
    past = from + written.length;
    places.push({ from, until: past, word });
  }
  return places;
}

/** Whether two lines say the same, by the same speaker; engines and hands may have set the times apart. */
export function saysTheSame(one: Line, other: Line): boolean {
  return one.text.trim() === other.text.trim() && one.speaker === other.speaker;
}
