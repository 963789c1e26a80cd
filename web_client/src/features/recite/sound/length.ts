/** How long recorded sound is, told while it comes in pieces that are cut anywhere. */
import { Mp4Length } from './mp4';
import { WebmLength } from './webm';

export interface Length {
  push: (bytes: Uint8Array) => void;
  /** Of all that has come whole. */
  readonly ms: number;
}

/** What measures sound of a type, or nothing where the type is not one that can be read. */
export function lengthOf(contentType: string): Length | null {
  if (contentType.startsWith('audio/webm')) return new WebmLength();
  if (contentType.startsWith('audio/mp4')) return new Mp4Length();
  return null;
}
