/** News of the service, as a test tells them: `beforeEach(hearNews)`, then `act(() => tellNews('result', { id: 'r1' }))`. */
import { vi } from 'vitest';

/** The connection may outlive a test, as it does a page. */
let say: (type: string, data: object) => void = () => {};

export function hearNews(): void {
  vi.stubGlobal(
    'EventSource',
    class {
      static readonly CLOSED = 2;
      readonly #heard = new Map<string, (event: { data: string }) => void>();
      constructor() {
        say = (type, data) => this.#heard.get(type)?.({ data: JSON.stringify(data) });
      }
      addEventListener(type: string, listener: (event: { data: string }) => void) {
        this.#heard.set(type, listener);
      }
      close() {}
    },
  );
}

export function tellNews(type: string, data: object): void {
  say(type, { type, ...data });
}
