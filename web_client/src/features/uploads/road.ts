/** What the sending of one upload needs from around it. */
import { answer, api, type Schemas } from '@/api/client';
import type { Waiting } from '@/api/patience';
import type { Transmit } from './transmit';

export interface Road extends Waiting {
  transmit: Transmit;
  /** Told how many bytes of the file have gone; fewer than before when some have to go a second time. */
  onSent: (bytes: number) => void;
  sign: (uploadId: string) => Promise<Schemas['UploadSession']>;
  signPart: (uploadId: string, part: number) => Promise<string>;
  storedParts: (uploadId: string) => Promise<Schemas['StoredParts']>;
}

/** The part of the road that leads through the API. */
export function apiRoad(signal: AbortSignal): Pick<Road, 'sign' | 'signPart' | 'storedParts'> {
  const around = (uploadId: string) => ({ params: { path: { upload_id: uploadId } }, signal });
  return {
    sign: (uploadId) => answer(api.POST('/api/v1/uploads/{upload_id}/sign', around(uploadId))),
    async signPart(uploadId, part) {
      const { parts } = await answer(
        api.POST('/api/v1/uploads/{upload_id}/parts', {
          ...around(uploadId),
          body: { part_numbers: [part] },
        }),
      );
      const [signed] = parts;
      if (!signed) throw new Error(`No address came for part ${part}.`);
      return signed.url;
    },
    storedParts: (uploadId) => answer(api.GET('/api/v1/uploads/{upload_id}/parts', around(uploadId))),
  };
}
