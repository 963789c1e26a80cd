/** Waits until the service has looked at what arrived, and taken or rejected it. */
import type { Schemas } from '@/api/client';
import { listen } from '@/api/events';
import { patiently, type Waiting } from '@/api/patience';
import { stateOf } from './send';

type State = Schemas['UploadState'];

const FIRST_LOOK_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** Return the decided state; null when the upload was given up meanwhile. */
export async function untilDecided(state: State, waiting: Waiting): Promise<State | null> {
  let latest: State | null = state;
  let pauseMs = FIRST_LOOK_MS;
  while (latest && !isDecided(latest)) {
    const told = await next(state.id, pauseMs, waiting.signal);
    // News may be missed, so it is asked for as well, ever less often.
    latest = told ?? (await patiently(() => stateOf(state.id, waiting.signal), waiting));
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
  return latest;
}

function isDecided({ result_id, status }: State): boolean {
  return result_id !== null || status === 'rejected' || status === 'aborted' || status === 'expired';
}

function next(uploadId: string, ms: number, signal: AbortSignal): Promise<State | null> {
  return new Promise((resolve) => {
    const end = (told: State | null) => {
      clearTimeout(timer);
      stopListening();
      signal.removeEventListener('abort', abort);
      resolve(told);
    };
    const abort = () => end(null); // what is asked next will not go out
    const timer = setTimeout(() => end(null), ms);
    const stopListening = listen((news) => {
      if (news.type === 'upload' && news.id === uploadId) end(news);
    });
    signal.addEventListener('abort', abort);
  });
}
