export interface TranscriptSearch {
  /** Which of a result's transcripts is shown; by default the newest finished one. */
  transcript?: string;
  /** Where the player stands at first, in milliseconds: the word there is in sight. */
  at?: number;
  /** The text is being corrected. */
  edit?: true;
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Read the address of a result; what can't be the id of a transcript, or a time, is left out. */
export function readTranscriptSearch({ transcript, at, edit }: Record<string, unknown>): TranscriptSearch {
  return {
    ...(typeof transcript === 'string' && ID.test(transcript) ? { transcript } : {}),
    ...(typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 ? { at } : {}),
    ...(edit === true ? { edit } : {}),
  };
}
