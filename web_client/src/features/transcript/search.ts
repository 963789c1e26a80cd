export interface TranscriptSearch {
  /** Which of a result's transcripts is shown; by default the newest finished one. */
  transcript?: string;
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Read the address of a result; what can't be the id of a transcript is left out. */
export function readTranscriptSearch({ transcript }: Record<string, unknown>): TranscriptSearch {
  return typeof transcript === 'string' && ID.test(transcript) ? { transcript } : {};
}
