/** What the sending of recitals asks of the service; each may be asked twice, and is then as if once. */
import { answer, api, type Schemas } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Segment, Slice } from './recital';

export type Begun = Schemas['RecitalShown'];

/** No answer for so long is none. */
const PATIENCE_MS = 60_000;

/** Begin a recital of a document; the same key begins the same one. */
export async function begin(documentId: string, key: string): Promise<Begun> {
  return answer(
    api.POST('/api/v1/recitals', {
      params: { header: { 'Idempotency-Key': key } },
      body: { document_id: documentId },
    }),
  );
}

export async function putSlice(
  id: string,
  sequence: number,
  { bytes, contentType }: Slice,
  signal: AbortSignal,
): Promise<void> {
  const header = { 'content-type': contentType, 'content-digest': await digestOf(bytes) };
  await withinPatience(signal, (signal) =>
    answer(
      api.PUT('/api/v1/recitals/{recital_id}/audio/{sequence}', {
        params: { path: { recital_id: id, sequence }, header },
        body: '', // the generator knows bytes as text alone
        bodySerializer: () => bytes,
        signal,
      }),
    ),
  );
}

export async function postSegment(
  id: string,
  index: number,
  { endMs, text, doesNotCount }: Segment,
  signal: AbortSignal,
): Promise<void> {
  await withinPatience(signal, (signal) =>
    answer(
      api.POST('/api/v1/recitals/{recital_id}/text-segments', {
        params: { path: { recital_id: id } },
        body: { index, text, seek_end: Math.round(endMs) / 1000, does_not_count: doesNotCount },
        signal,
      }),
    ),
  );
}

export async function end(
  id: string,
  lastSequence: number,
  discardLast: number,
  signal: AbortSignal,
): Promise<void> {
  await withinPatience(signal, (signal) =>
    answer(
      api.POST('/api/v1/recitals/{recital_id}/end', {
        params: { path: { recital_id: id } },
        body: { last_sequence: lastSequence, discard_last_n_text_segments: discardLast },
        signal,
      }),
    ),
  );
}

export async function disavow(id: string, signal: AbortSignal): Promise<void> {
  try {
    await withinPatience(signal, (signal) =>
      answer(api.DELETE('/api/v1/recitals/{recital_id}', { params: { path: { recital_id: id } }, signal })),
    );
  } catch (error) {
    // Nothing of it is there any more, which is what was wished for.
    if (!(error instanceof Problem && error.status === 404)) throw error;
  }
}

async function withinPatience<Answer>(
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await ask(AbortSignal.any([signal, patience]));
  } catch (error) {
    if (signal.aborted) throw error;
    // What came there is not what was sent: that, too, is the connection's doing.
    const isGarbled = error instanceof Problem && error.code === 'digest_mismatch';
    if (patience.aborted || isGarbled) throw Problem.offline();
    throw error;
  }
}

/** As RFC 9530 writes it. */
async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha-256=:${btoa(String.fromCharCode(...digest))}:`;
}
