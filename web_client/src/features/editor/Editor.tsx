import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { Desk } from './Desk';
import { textQuery } from './service';
import type { TranscriptText } from './text/lines';

export interface EditorProps {
  resultId: string;
  transcriptId: string;
  language: string | null;
  durationMs: number | null;
  sound: HTMLMediaElement | null;
  /** Hears what the text has become, when the editor is left. */
  onText: (text: TranscriptText) => void;
  onClose: () => void;
}

/** The text of a result, to be corrected in place. */
export function Editor(props: EditorProps) {
  const { t } = useTranslation('editor');
  const text = useQuery(textQuery(props));
  return (
    <section aria-label={t('label')} className="max-w-3xl">
      {text.isPending && <Spinner className="text-2xl text-muted" />}
      {!text.data && (
        <ProblemNote error={text.error} namespace="editor" onRetry={() => void text.refetch()} />
      )}
      {text.data && <Desk {...props} text={text.data} />}
    </section>
  );
}
