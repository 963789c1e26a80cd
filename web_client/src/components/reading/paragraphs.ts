import type { Schemas } from '@/api/client';

type Segment = Schemas['SegmentShown'];
type Word = Schemas['WordShown'];

/** A stretch of text between words, or a word by its index among all. */
export type Piece = string | { word: number; text: string; confidence: number };

export interface Paragraph {
  /** The index of its first segment. */
  index: number;
  start_ms: number;
  speaker: string | null;
  pieces: Piece[];
}

const PAUSE_MS = 2000;
const LONG = 480;

/** Join segments, which are about a sentence each, to paragraphs: until somebody else speaks, a pause, or long enough. */
export function paragraphsOf(segments: readonly Segment[], words: readonly Word[]): Paragraph[] {
  const wordsOf = new Map<number, Placed[]>();
  for (const [index, { segment, text, confidence }] of words.entries()) {
    const placed = { index, text, confidence };
    const before = wordsOf.get(segment);
    if (before) before.push(placed);
    else wordsOf.set(segment, [placed]);
  }
  const paragraphs: Paragraph[] = [];
  let [length, end] = [0, 0];
  for (const segment of segments) {
    const current = paragraphs.at(-1);
    const pieces = piecesOf(segment.text, wordsOf.get(segment.index) ?? []);
    const goesOn =
      current && current.speaker === segment.speaker && segment.start_ms - end < PAUSE_MS && length < LONG;
    if (goesOn) {
      current.pieces.push(' ', ...pieces);
      length += segment.text.length;
    } else {
      paragraphs.push({
        index: segment.index,
        start_ms: segment.start_ms,
        speaker: segment.speaker,
        pieces,
      });
      length = segment.text.length;
    }
    end = segment.end_ms;
  }
  return paragraphs;
}

type Placed = Pick<Word, 'text' | 'confidence'> & { index: number };

/**
 * Find the words in their text, which alone knows where spaces stand: not every script parts its words. Where text
 * and words part ways, the words are what is shown.
 */
export function piecesOf(text: string, words: readonly Placed[]): Piece[] {
  const pieces: Piece[] = [];
  let past = 0;
  for (const { text: spoken, index, confidence } of words) {
    const word = spoken.trim();
    const found = text.indexOf(word, past);
    if (found < 0) return spaced(words);
    if (found > past) pieces.push(text.slice(past, found));
    pieces.push({ word: index, text: word, confidence });
    past = found + word.length;
  }
  if (past < text.length) pieces.push(text.slice(past));
  return pieces;
}

function spaced(words: readonly Placed[]): Piece[] {
  return words.flatMap(({ text, index, confidence }, at) => [
    ...(at > 0 ? [' '] : []),
    { word: index, text: text.trim(), confidence },
  ]);
}

/** The whole text, as it is copied. */
export function plainText(paragraphs: readonly Paragraph[], nameOf: (speaker: string) => string): string {
  return paragraphs
    .map(({ speaker, pieces }) => {
      const text = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
      return speaker === null ? text : `${nameOf(speaker)}: ${text}`;
    })
    .join('\n\n');
}
