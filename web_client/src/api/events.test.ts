import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Listener, listen } from './events';

/** A stream that a test speaks through. */
class Stream {
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  static all: Stream[] = [];
  readyState = Stream.OPEN;
  onerror: () => void = () => {};
  readonly #heard = new Map<string, (event: { data: string }) => void>();
  constructor() {
    Stream.all.push(this);
  }
  addEventListener(type: string, listener: (event: { data: string }) => void) {
    this.#heard.set(type, listener);
  }
  say(type: string, data: object = {}) {
    this.#heard.get(type)?.({ data: JSON.stringify(data) });
  }
  /** The server answers with a failure, after which browsers give up. */
  refuse() {
    this.readyState = Stream.CLOSED;
    this.onerror();
  }
  close() {
    this.readyState = Stream.CLOSED;
  }
}

const last = () => Stream.all.at(-1) as Stream;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Stream);
  Stream.all = [];
});
afterEach(() => {
  vi.advanceTimersByTime(60_000); // whoever stopped listening is forgotten
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('several listeners share one connection, and each hears everything', () => {
  const one = vi.fn<Listener>();
  const other = vi.fn<Listener>();
  const stops = [listen(one), listen(other)];
  last().say('reset');
  last().say('result', { type: 'result', id: 'r1' });
  expect(Stream.all).toHaveLength(1);
  expect(other.mock.calls.map(([news]) => news.type)).toEqual(['reset', 'result']);
  expect(one).toHaveBeenCalledTimes(2);
  for (const stop of stops) stop();
});

test('a refused stream is asked for again, after ever longer pauses until one is given', () => {
  const stop = listen(() => {});
  last().refuse();
  vi.advanceTimersByTime(1000);
  expect(Stream.all).toHaveLength(2);
  last().refuse();
  vi.advanceTimersByTime(1000);
  expect(Stream.all).toHaveLength(2);
  vi.advanceTimersByTime(1000);
  expect(Stream.all).toHaveLength(3);
  last().say('reset');
  last().refuse();
  vi.advanceTimersByTime(1000);
  expect(Stream.all).toHaveLength(4);
  stop();
});

test('a connection that comes back is used at once', () => {
  const stop = listen(() => {});
  for (const _ of [1, 2, 3]) {
    last().refuse();
    vi.advanceTimersByTime(30_000);
  }
  last().refuse();
  const before = Stream.all.length;
  window.dispatchEvent(new Event('online'));
  expect(Stream.all).toHaveLength(before + 1);
  stop();
});

test('from page to page the connection stays, and the next listener asks for what it missed', async () => {
  listen(() => {})();
  const next = vi.fn();
  const stop = listen(next);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(Stream.all).toHaveLength(1);
  expect(last().readyState).toBe(Stream.OPEN);
  expect(next).toHaveBeenCalledWith({ type: 'reset' });
  stop();
});

test('when nobody listens any more, it is closed', () => {
  listen(() => {})();
  vi.advanceTimersByTime(5000);
  expect(last().readyState).toBe(Stream.CLOSED);
});
