import { expect, test } from 'vitest';
import { opusMs, WebmLength } from './webm';

const UNKNOWN_SIZE = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const SEGMENT = [0x18, 0x53, 0x80, 0x67, ...UNKNOWN_SIZE];
const HEADER = [0x1a, 0x45, 0xdf, 0xa3, 0x82, 0, 0, ...SEGMENT];
/** Opus, 20 ms in one frame. */
const PACKET = [0x08, 1, 2, 3];

function cluster(ms: number): number[] {
  return [0x1f, 0x43, 0xb6, 0x75, ...UNKNOWN_SIZE, 0xe7, 0x82, ms >> 8, ms & 255];
}

function block(ms: number): number[] {
  return [0xa3, 0x80 | (4 + PACKET.length), 0x81, (ms >> 8) & 255, ms & 255, 0x80, ...PACKET];
}

function lengthOf(bytes: number[], piece = bytes.length): number {
  const length = new WebmLength();
  for (let at = 0; at < bytes.length; at += piece) length.push(new Uint8Array(bytes.slice(at, at + piece)));
  return length.ms;
}

const WHOLE = [
  ...HEADER,
  ...cluster(0),
  ...block(0),
  ...block(20),
  ...cluster(1000),
  ...block(0),
  ...block(40),
];

test('the end is that of the last packet, by the times of its cluster and its block', () => {
  expect(lengthOf(WHOLE)).toBe(1060);
});

test('it counts from the first packet, as who joins runs does', () => {
  expect(lengthOf([...HEADER, ...cluster(300), ...block(7), ...block(27)])).toBe(40);
});

test.each([1, 2, 3, 7, 16])('pieces of %i bytes are the same sound', (piece) => {
  expect(lengthOf(WHOLE, piece)).toBe(1060);
});

test('a packet that broke off does not count', () => {
  expect(lengthOf(WHOLE.slice(0, -1))).toBe(1020);
});

test('times may be told in other ticks than milliseconds', () => {
  const scale = [0x2a, 0xd7, 0xb1, 0x83, 0x01, 0x86, 0xa0]; // 100 µs
  const info = [0x15, 0x49, 0xa9, 0x66, 0x80 | scale.length, ...scale];
  expect(lengthOf([...HEADER, ...info, ...cluster(1000), ...block(0), ...block(500)])).toBe(70);
});

test.each([
  [[0x00], 10],
  [[0x18], 60],
  [[0x60], 10],
  [[0xfc], 20],
  [[0xff, 0x83], 60],
  [[0xe1], 5],
])('the packet %j has %d ms', (packet, ms) => {
  expect(opusMs(new Uint8Array(packet))).toBe(ms);
});
