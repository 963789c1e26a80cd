/** Takes a stream apart into elements, whatever the pieces are that it comes in. */

export interface Element {
  id: number;
  body: Uint8Array;
  /** Where the next one begins; within this one, if it is opened. */
  next: number;
}

/** The element at a place, or nothing while some of it is still to come. */
export type ReadElement = (data: DataView, at: number) => Element | null;

export class Elements {
  readonly #read: ReadElement;
  readonly #take: (element: Element) => void;
  #rest = new Uint8Array();

  constructor(read: ReadElement, take: (element: Element) => void) {
    this.#read = read;
    this.#take = take;
  }

  push(bytes: Uint8Array): void {
    const data = new Uint8Array(this.#rest.length + bytes.length);
    data.set(this.#rest);
    data.set(bytes, this.#rest.length);
    const view = new DataView(data.buffer);
    let at = 0;
    for (let found = this.#read(view, at); found; found = this.#read(view, at)) {
      this.#take(found);
      at = found.next;
    }
    this.#rest = data.slice(at);
  }
}

export function viewOf(body: Uint8Array): DataView {
  return new DataView(body.buffer, body.byteOffset, body.byteLength);
}
