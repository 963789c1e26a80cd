import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNews } from '@/api/events';
import { problemSentence } from '@/components/problemSentence';
import { useToast } from '@/components/Toast';
import { Draft } from './Draft';
import { Saver } from './saving/Saver';
import { type Place, readText, sendEdits } from './service';
import { type TranscriptText, textOf } from './text/lines';

/** A draft of a text that is saved by itself, and takes in what others save. */
export function useDraft(place: Place, text: TranscriptText, onText: (text: TranscriptText) => void) {
  const { i18n } = useTranslation('editor');
  const toast = useToast();
  const [begun] = useState(() => {
    const draft = new Draft(text);
    const saver = new Saver(draft, {
      send: (operations, version) => sendEdits(place, operations, version),
      read: () => readText(place),
      refused: (problem) => toast({ kind: 'failure', text: problemSentence(problem, i18n, 'editor') }),
    });
    return { draft, saver };
  });
  const { draft, saver } = begun;
  const tell = useEffectEvent(() => onText({ version: draft.version, ...textOf(draft.lines) }));

  useEffect(() => {
    const stop = saver.watch();
    return () => {
      stop();
      tell();
    };
  }, [saver]);
  useNews((news) => {
    if (news.type === 'transcript' && news.transcript_id === place.transcriptId) saver.hear(news.version);
  });
  return begun;
}
