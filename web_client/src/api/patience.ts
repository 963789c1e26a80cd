/** Trying again what may succeed later: without end while there is no connection, a few times when the service is unwell. */
import { Problem } from '@/api/problem';

export interface Waiting {
  signal: AbortSignal;
  /** Told when a connection is waited for, and when it is there. */
  onOffline: (offline: boolean) => void;
  /** How often a service that is unwell is asked, where that is not as usual. */
  tries?: number;
}

const USUAL_TRIES = 6;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 20_000;

export async function patiently<Answer>(attempt: () => Promise<Answer>, waiting: Waiting): Promise<Answer> {
  let refusals = 0;
  let silences = 0;
  for (;;) {
    try {
      const answer = await attempt();
      if (silences > 0) waiting.onOffline(false);
      return answer;
    } catch (error) {
      waiting.signal.throwIfAborted();
      if (!(error instanceof Problem && error.passes)) throw error;
      if (error.status === 0) {
        waiting.onOffline(true);
        await pause(backoff(silences), waiting.signal, { untilOnline: true });
        silences += 1;
        continue;
      }
      refusals += 1;
      if (refusals >= (waiting.tries ?? USUAL_TRIES)) throw error;
      await pause(error.retryAfter === null ? backoff(refusals) : error.retryAfter * 1000, waiting.signal);
    }
  }
}

function backoff(failed: number): number {
  // Spread a little, so that pages that lost one service don't come back in one instant.
  return Math.min(FIRST_PAUSE_MS * 2 ** failed, LONGEST_PAUSE_MS) * (0.85 + Math.random() * 0.3);
}

/** Wait; a connection that comes back ends the waiting early where that was what is waited for. */
export function pause(ms: number, signal: AbortSignal, { untilOnline = false } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, ms);
    if (untilOnline) window.addEventListener('online', end);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
