import { expect, test } from 'vitest';
import type { Schemas } from '@/api/client';

type Segment = Schemas['SegmentShown'];
type Word = Schemas['WordShown'];

import { paragraphsOf, piecesOf, plainText } from './paragraphs';

const segment = (index: number, start_ms: number, text: string, speaker: string | null = null): Segment => ({
  index,
  start_ms,
  end_ms: start_ms + 1000,
  text,
  speaker,
  confidence: null,
});
const word = (index: number, text: string) => ({ index, text, confidence: 0.9 });
const textOf = (pieces: ReturnType<typeof piecesOf>) =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : `[${piece.text}]`)).join('');

test('words stand in their text, with what is between them', () => {
  expect(
    textOf(piecesOf('Well, “so” it is.', [word(0, 'Well'), word(1, 'so'), word(2, 'it'), word(3, 'is')])),
  ).toBe('[Well], “[so]” [it] [is].');
});

test('scripts that do not part words are not parted', () => {
  expect(textOf(piecesOf('你好世界', [word(0, '你好'), word(1, '世界')]))).toBe('[你好][世界]');
});

test('the same word twice is found twice', () => {
  expect(textOf(piecesOf('no no', [word(0, 'no'), word(1, ' no')]))).toBe('[no] [no]');
});

test('where text and words part ways, the words are shown', () => {
  expect(textOf(piecesOf('Something else', [word(0, 'quite'), word(1, 'different')]))).toBe(
    '[quite] [different]',
  );
});

test('a text without words is shown as it is', () => {
  expect(piecesOf('Only text.', [])).toEqual(['Only text.']);
});

test('paragraphs end with their speaker, with a pause, and when they are long', () => {
  const long = 'long '.repeat(100);
  const paragraphs = paragraphsOf(
    [
      segment(0, 0, 'One.', 'Speaker 1'),
      segment(1, 1000, 'Two.', 'Speaker 1'),
      segment(2, 2000, 'Three.', 'Speaker 2'),
      segment(3, 9000, 'Four.', 'Speaker 2'),
      segment(4, 10_000, long, 'Speaker 2'),
      segment(5, 11_000, 'Six.', 'Speaker 2'),
    ],
    [],
  );
  expect(paragraphs.map(({ start_ms }) => start_ms)).toEqual([0, 2000, 9000, 11_000]);
});

test('words keep their place among all words', () => {
  const words: Word[] = ['One', 'Two'].map((text, index) => ({
    text,
    segment: index,
    start_ms: 0,
    end_ms: 0,
    confidence: 1,
  }));
  const [paragraph] = paragraphsOf([segment(0, 0, 'One.'), segment(1, 1000, 'Two.')], words);
  expect(paragraph?.pieces.flatMap((piece) => (typeof piece === 'string' ? [] : piece.word))).toEqual([0, 1]);
});

test('what is copied names the speakers and parts the paragraphs', () => {
  const paragraphs = paragraphsOf([segment(0, 0, 'One.', 'A'), segment(1, 1000, 'Two.', 'B')], []);
  expect(plainText(paragraphs, (name) => name)).toBe('A: One.\n\nB: Two.');
});
