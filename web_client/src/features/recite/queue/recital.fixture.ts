import type { Recital, Segment } from './recital';

/** A recital of which nothing has been recorded yet, for tests. */
export function recital(news: Partial<Recital> = {}): Recital {
  return {
    id: 'recital',
    ownerId: 'ada',
    documentId: 'document',
    title: 'A text',
    language: 'en',
    beganAt: 1000,
    from: 0,
    soundMs: 0,
    sliceCount: 0,
    slicesSent: 0,
    segmentsSent: 0,
    settled: 0,
    ending: null,
    ...news,
  };
}

/** A sentence that was read until a time. */
export function segment(sentence: number, endMs: number, doesNotCount = false): Segment {
  return { sentence, text: `Sentence ${sentence}.`, endMs, doesNotCount };
}
