/** Sends bytes to the store: `fetch` doesn't tell how many have gone, XMLHttpRequest does. */
import { Problem } from '@/api/problem';

export interface Transmission {
  method: 'PUT' | 'POST';
  url: string;
  body: Blob | FormData;
  headers?: Record<string, string> | null;
  signal: AbortSignal;
  onSent: (bytes: number) => void;
}

export type Transmit = (transmission: Transmission) => Promise<void>;

/** A connection over which nothing has moved for so long is dead, even if nobody said so. */
const STALLED_MS = 60_000;

export const transmit: Transmit = ({ method, url, body, headers, signal, onSent }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stalled: ReturnType<typeof setTimeout>;
    const watch = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => {
        settle();
        request.abort();
        reject(Problem.offline());
      }, STALLED_MS);
    };
    const abort = () => {
      settle();
      request.abort();
      reject(signal.reason);
    };
    const settle = () => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', abort);
    };
    request.upload.onprogress = ({ loaded }) => {
      watch();
      onSent(loaded);
    };
    request.onload = () => {
      settle();
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(refusal(request.status));
    };
    request.onerror = () => {
      settle();
      reject(Problem.offline());
    };
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener('abort', abort);
    request.open(method, url);
    for (const [name, value] of Object.entries(headers ?? {})) request.setRequestHeader(name, value);
    watch();
    request.send(body);
  });

function refusal(status: number): Problem {
  return new Problem({
    code: 'store_refused',
    status,
    detail: 'The store did not take the file. Try again.',
  });
}
