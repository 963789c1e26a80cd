import { expect, test } from 'vitest';
import { Mp4Length } from './mp4';

function box(name: string, ...bodies: number[][]): number[] {
  const body = bodies.flat();
  return [...word(8 + body.length), ...[...name].map((letter) => letter.charCodeAt(0)), ...body];
}

function word(value: number): number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

const HEADER = [
  ...box('ftyp', word(0)),
  ...box(
    'moov',
    box('trak', box('mdia', box('mdhd', word(0), word(0), word(0), word(48_000), word(0)))),
    box('mvex', box('trex', word(0), word(1), word(1), word(1024), word(0), word(0))),
  ),
];

/** A fragment of two samples; of a length of its own, or of the usual one. */
function fragment(at: number, durations?: [number, number]): number[] {
  const samples = durations
    ? box('trun', word(0x100), word(2), word(durations[0]), word(durations[1]))
    : box('trun', word(0), word(2));
  const head = box('traf', box('tfhd', word(0), word(1)), box('tfdt', word(0), word(at)), samples);
  return [...box('moof', head), ...box('mdat', [1, 2, 3, 4, 5])];
}

function lengthOf(bytes: number[], piece = bytes.length): number {
  const length = new Mp4Length();
  for (let at = 0; at < bytes.length; at += piece) length.push(new Uint8Array(bytes.slice(at, at + piece)));
  return length.ms;
}

test('the end is that of the last fragment', () => {
  expect(lengthOf([...HEADER, ...fragment(0), ...fragment(2048, [480, 480])])).toBeCloseTo(
    (3008 * 1000) / 48_000,
  );
});

test.each([1, 5, 64])('pieces of %i bytes are the same sound', (piece) => {
  expect(lengthOf([...HEADER, ...fragment(0), ...fragment(2048)], piece)).toBeCloseTo((4096 * 1000) / 48_000);
});

test('a fragment whose sound broke off does not count', () => {
  const bytes = [...HEADER, ...fragment(0), ...fragment(2048)];
  expect(lengthOf(bytes.slice(0, -1))).toBeCloseTo((2048 * 1000) / 48_000);
});
