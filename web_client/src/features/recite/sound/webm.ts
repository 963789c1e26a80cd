/** Measures WebM with Opus, as recorders make it (https://www.rfc-editor.org/rfc/rfc9559). */
import { type Element, Elements, viewOf } from './elements';

const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TIMESTAMP_SCALE = 0x2ad7b1;
const CLUSTER = 0x1f43b675;
const CLUSTER_TIMESTAMP = 0xe7;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const SIMPLE_BLOCK = 0xa3;

/** What is in these is read as if it lay beside them; recorders don't say how long they will be. */
const OPENED = new Set([SEGMENT, INFO, CLUSTER, BLOCK_GROUP]);

export class WebmLength {
  readonly #elements = new Elements(readElement, (element) => this.#take(element));
  #msPerTick = 1;
  #cluster = 0;
  #begin: number | null = null;
  #end = 0;

  push(bytes: Uint8Array): void {
    this.#elements.push(bytes);
  }

  get ms(): number {
    return this.#begin === null ? 0 : this.#end - this.#begin;
  }

  #take({ id, body }: Element): void {
    if (id === TIMESTAMP_SCALE) this.#msPerTick = numberOf(body) / 1e6;
    else if (id === CLUSTER_TIMESTAMP) this.#cluster = numberOf(body);
    else if (id === SIMPLE_BLOCK || id === BLOCK) this.#takeBlock(body);
  }

  #takeBlock(body: Uint8Array): void {
    const track = readSize(viewOf(body), 0);
    if (!track) return;
    const at = (this.#cluster + viewOf(body).getInt16(track.width)) * this.#msPerTick;
    this.#begin ??= at;
    this.#end = Math.max(this.#end, at + opusMs(body.subarray(track.width + 3)));
  }
}

/** How long a packet of Opus is, by its first bytes (https://www.rfc-editor.org/rfc/rfc6716#section-3.1). */
export function opusMs(packet: Uint8Array): number {
  const [first = 0, second = 0] = packet;
  const configuration = first >> 3;
  const frames = [1, 2, 2, second & 63][first & 3] ?? 1;
  const kinds =
    configuration < 12 ? [10, 20, 40, 60] : configuration < 16 ? [10, 20, 10, 20] : [2.5, 5, 10, 20];
  return frames * (kinds[configuration & 3] ?? 0);
}

function readElement(data: DataView, at: number): Element | null {
  const width = at < data.byteLength ? Math.clz32(data.getUint8(at)) - 23 : 0;
  if (width === 0 || at + width > data.byteLength) return null;
  const id = numberOf(new Uint8Array(data.buffer, at, width));
  const size = readSize(data, at + width);
  if (!size) return null;
  const begin = at + width + size.width;
  if (OPENED.has(id)) return { id, body: new Uint8Array(), next: begin };
  if (begin + size.value > data.byteLength) return null;
  return { id, body: new Uint8Array(data.buffer, begin, size.value), next: begin + size.value };
}

/** A number whose first byte says how many there are. */
function readSize(data: DataView, at: number): { value: number; width: number } | null {
  if (at >= data.byteLength) return null;
  const first = data.getUint8(at);
  const width = Math.clz32(first) - 23;
  if (width > 8 || at + width > data.byteLength) return null;
  let value = first & (0xff >> width);
  for (let byte = 1; byte < width; byte += 1) value = value * 256 + data.getUint8(at + byte);
  return { value, width };
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}
