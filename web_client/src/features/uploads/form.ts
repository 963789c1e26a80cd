/** Sends a file by the one form that was signed for it. */
import type { Schemas } from '@/api/client';
import { patiently } from '@/api/patience';
import { Problem } from '@/api/problem';
import type { Road } from './road';

const NEARLY_OVER_MS = 10_000;
const MOST_SIGNATURES = 3;

export async function sendForm(road: Road, begun: Schemas['UploadSession'], file: Blob): Promise<void> {
  let session = begun;
  for (let signatures = 1; ; signatures += 1) {
    try {
      await patiently(async () => {
        // The way may have been closed for longer than the address is good.
        if (isOver(session)) session = await road.sign(session.id);
        await road.transmit({
          method: 'POST',
          url: session.url,
          body: formOf(session, file),
          signal: road.signal,
          // What is around the file in the form is counted too, and must not make more than all of it.
          onSent: (bytes) => road.onSent(Math.min(bytes, file.size)),
        });
      }, road);
      return;
    } catch (error) {
      if (!isRefused(error) || signatures === MOST_SIGNATURES) throw error;
      session = await patiently(() => road.sign(session.id), road);
    }
  }
}

/** The store's word for an address that has run out. */
export function isRefused(error: unknown): boolean {
  return error instanceof Problem && error.code === 'store_refused' && error.status === 403;
}

function isOver({ expires_at }: Schemas['UploadSession']): boolean {
  return new Date(expires_at).getTime() - Date.now() < NEARLY_OVER_MS;
}

function formOf({ fields }: Schemas['UploadSession'], file: Blob): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields ?? {})) form.append(name, value);
  form.append('file', file); // the last, as the store ignores what follows it
  return form;
}
