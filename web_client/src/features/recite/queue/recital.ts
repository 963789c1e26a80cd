/** A recital as it is kept on this device until the service has all of it. */
export interface Recital {
  /** The service's. */
  id: string;
  ownerId: string;
  documentId: string;
  title: string;
  language: string;
  beganAt: number;
  /** The sentence that it begins with. */
  from: number;
  /** How long the sound is that is kept, all runs joined. */
  soundMs: number;
  /** How many slices there are, and how many of them the service has. */
  sliceCount: number;
  slicesSent: number;
  segmentsSent: number;
  /** How many segments nothing will change any more: all before the last sentence, which may still be taken back. */
  settled: number;
  /** Set once nothing more will come. */
  ending: Ending | null;
}

/** `discard`: nothing of it is to be kept anywhere. */
export type Ending = { discardLast: number } | 'discard';

export interface Slice {
  bytes: ArrayBuffer;
  contentType: string;
}

/** A stretch of sound with the sentence that was read in it, from the end of the one before it. */
export interface Segment {
  /** Which sentence of the document. */
  sentence: number;
  text: string;
  endMs: number;
  /** It is read anew by the one after it. */
  doesNotCount: boolean;
}
