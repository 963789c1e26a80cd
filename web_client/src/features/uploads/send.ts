/** The whole way of one upload, from wherever it was left. */
import { answer, api, type Schemas } from '@/api/client';
import { patiently } from '@/api/patience';
import { Problem } from '@/api/problem';
import { sendForm } from './form';
import { sendParts } from './parts';
import type { Road } from './road';
import type { Sending } from './sending';

export interface Journey extends Road {
  /** Keep what became true of the upload, so that it goes on from there after a reload. */
  keep: (news: Partial<Sending>) => Promise<void>;
}

/** Bytes are missing, or the upload is gone: in each case there is a way from the beginning. */
const STARTS_OVER = ['upload_incomplete', 'upload_closed', 'not_found'];

/** Send a file and say that it is sent. What comes back may still be undecided. */
export async function send(sending: Sending, file: Blob, journey: Journey): Promise<Schemas['UploadState']> {
  if (sending.uploadId && sending.arrived) {
    const state = await complete(sending.uploadId, journey);
    if (state) return state;
  }
  const session = await sessionOf(sending, journey);
  if (!('method' in session)) return session;
  for (const isLast of [false, true]) {
    await (session.method === 'multipart' ? sendParts : sendForm)(journey, session, file);
    await journey.keep({ arrived: true });
    const state = await complete(session.id, journey, isLast);
    if (state) return state;
  }
  throw new Error('The last attempt either returns or throws.');
}

/** A session that takes bytes, or the state of an upload that needs none any more. */
async function sessionOf(
  sending: Sending,
  journey: Journey,
): Promise<Schemas['UploadSession'] | Schemas['UploadState']> {
  const { uploadId } = sending;
  if (!uploadId) return begin(sending, sending.key, journey);
  try {
    return await patiently(() => journey.sign(uploadId), journey);
  } catch (error) {
    if (!(error instanceof Problem && (error.status === 404 || error.code === 'upload_closed'))) throw error;
  }
  const state = await stateOf(uploadId, journey.signal);
  if (state?.result_id || state?.status === 'rejected') return state;
  // It ran out while nobody was here. The old key would only bring the old one back.
  return begin(sending, crypto.randomUUID(), journey);
}

async function begin(sending: Sending, key: string, journey: Journey): Promise<Schemas['UploadSession']> {
  if (key !== sending.key) await journey.keep({ key, uploadId: null, arrived: false });
  const session = await patiently(
    () =>
      answer(
        api.POST('/api/v1/uploads', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            filename: sending.filename,
            content_type: sending.contentType,
            size: sending.size,
            ...(sending.title ? { title: sending.title } : {}),
          },
          signal: journey.signal,
        }),
      ),
    journey,
  );
  await journey.keep({ uploadId: session.id });
  return session;
}

/** Say that all is sent; null when the store misses some of it, unless that was the last attempt. */
async function complete(
  uploadId: string,
  journey: Journey,
  isLast = false,
): Promise<Schemas['UploadState'] | null> {
  try {
    return await patiently(
      () =>
        answer(
          api.POST('/api/v1/uploads/{upload_id}/complete', {
            params: { path: { upload_id: uploadId } },
            signal: journey.signal,
          }),
        ),
      journey,
    );
  } catch (error) {
    const isHopeful = error instanceof Problem && STARTS_OVER.includes(error.code);
    if (isLast || !isHopeful) throw error;
    await journey.keep({ arrived: false });
    return null;
  }
}

/** How an upload stands; null where there is none any more. */
export async function stateOf(uploadId: string, signal: AbortSignal): Promise<Schemas['UploadState'] | null> {
  try {
    return await answer(
      api.GET('/api/v1/uploads/{upload_id}', { params: { path: { upload_id: uploadId } }, signal }),
    );
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}
