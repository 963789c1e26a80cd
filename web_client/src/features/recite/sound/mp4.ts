/** Measures fragmented MP4, as recorders make it (ISO/IEC 14496-12, section 8.8). */
import { type Element, Elements, viewOf } from './elements';

/** What is in these is read as if it lay beside them. */
const OPENED = new Set(['moov', 'trak', 'mdia', 'mvex', 'moof', 'traf'].map(codeOf));
const MEDIA_HEADER = codeOf('mdhd');
const TRACK_DEFAULTS = codeOf('trex');
const FRAGMENT_HEADER = codeOf('tfhd');
const FRAGMENT_TIME = codeOf('tfdt');
const SAMPLES = codeOf('trun');
const SOUND = codeOf('mdat');

export class Mp4Length {
  readonly #elements = new Elements(readBox, (box) => this.#take(box));
  #timescale = 1;
  #usualDuration = 0;
  #fragmentDuration = 0;
  /** Where the fragment begins and ends whose sound is awaited, in ticks. */
  #at = 0;
  #awaited = 0;
  #begin: number | null = null;
  #end = 0;

  push(bytes: Uint8Array): void {
    this.#elements.push(bytes);
  }

  get ms(): number {
    return this.#begin === null ? 0 : ((this.#end - this.#begin) * 1000) / this.#timescale;
  }

  #take({ id, body }: Element): void {
    const box = viewOf(body);
    if (id === MEDIA_HEADER) this.#timescale = box.getUint32(box.getUint8(0) === 1 ? 20 : 12);
    else if (id === TRACK_DEFAULTS) this.#usualDuration = box.getUint32(12);
    else if (id === FRAGMENT_HEADER) this.#fragmentDuration = headerDuration(box) ?? this.#usualDuration;
    else if (id === FRAGMENT_TIME) {
      this.#at = box.getUint8(0) === 1 ? Number(box.getBigUint64(4)) : box.getUint32(4);
      this.#awaited = this.#at;
    } else if (id === SAMPLES) this.#awaited += samplesDuration(box, this.#fragmentDuration);
    else if (id === SOUND && this.#awaited > this.#at) {
      this.#begin ??= this.#at;
      this.#end = this.#awaited;
    }
  }
}

function headerDuration(box: DataView): number | null {
  const flags = box.getUint32(0);
  if (!(flags & 0x08)) return null;
  return box.getUint32(8 + (flags & 0x01 ? 8 : 0) + (flags & 0x02 ? 4 : 0));
}

function samplesDuration(box: DataView, usual: number): number {
  const flags = box.getUint32(0);
  const count = box.getUint32(4);
  if (!(flags & 0x100)) return count * usual;
  const begin = 8 + (flags & 0x01 ? 4 : 0) + (flags & 0x04 ? 4 : 0);
  const width = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
  let total = 0;
  for (let sample = 0; sample < count; sample += 1) total += box.getUint32(begin + sample * width);
  return total;
}

function readBox(data: DataView, at: number): Element | null {
  if (at + 8 > data.byteLength) return null;
  const short = data.getUint32(at);
  if (short === 1 && at + 16 > data.byteLength) return null;
  const head = short === 1 ? 16 : 8;
  const size = short === 1 ? Number(data.getBigUint64(at + 8)) : short;
  const id = data.getUint32(at + 4);
  if (OPENED.has(id)) return { id, body: new Uint8Array(), next: at + head };
  if (size < head || at + size > data.byteLength) return null;
  return { id, body: new Uint8Array(data.buffer, at + head, size - head), next: at + size };
}

function codeOf(name: string): number {
  return [...name].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0);
}
