/** What other features put into the page of a result; each comes when it is opened. */
import type { ComponentType } from 'react';
import type { Result, TranscriptText } from './queries';

interface OfTranscript {
  resultId: string;
  transcriptId: string;
  onClose: () => void;
}

export interface EditorProps extends OfTranscript {
  language: string | null;
  durationMs: number | null;
  sound: HTMLMediaElement | null;
  /** Hears what the text has become, when the editor is left. */
  onText: (text: TranscriptText) => void;
}

export interface VersionsProps extends OfTranscript {
  /** Of the text as it is read now. */
  version: number;
  /** Hears that another version is read from now on. */
  onRestored: () => void;
}

export interface SharesProps extends Pick<OfTranscript, 'resultId' | 'onClose'> {
  /** Whether there is anything to be heard. */
  hasSound: boolean;
}

export interface Slots {
  Editor: ComponentType<EditorProps>;
  Versions: ComponentType<VersionsProps>;
  Shares: ComponentType<SharesProps>;
}

/** What is shown beside the text, or over it. */
export type Opened = 'find' | 'details' | 'versions' | 'shares' | 'transcribe' | 'delete';

/** The transcript that is read, if it is one that can be corrected: a finished one. */
export function finishedOf({ transcripts, transcript_id: shown }: Result) {
  return transcripts.find(({ id, finished_at }) => id === shown && finished_at !== null) ?? null;
}
