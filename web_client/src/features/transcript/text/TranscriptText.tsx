import { type Ref, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Result } from '../queries';
import { Paragraphs, UNSURE } from './Paragraphs';
import type { Paragraph } from './paragraphs';

interface TranscriptTextProps {
  result: Result;
  paragraphs: readonly Paragraph[];
  text: Ref<HTMLDivElement>;
  onPlay: ((ms: number) => void) | null;
}

/** The text of a result, with what there is to know of it. */
export function TranscriptText({ result, paragraphs, text, onPlay }: TranscriptTextProps) {
  const { t } = useTranslation('transcript');
  const unsure = useMemo(() => result.words.some(({ confidence }) => confidence < UNSURE), [result.words]);
  return (
    <section aria-label={t('text.label')} className="max-w-3xl">
      {unsure && (
        <p className="mb-5 text-muted text-sm">
          <span className="underline decoration-2 decoration-dotted decoration-warning underline-offset-4">
            {t('text.dotted')}
          </span>{' '}
          {t('text.unsure')}
        </p>
      )}
      <Paragraphs paragraphs={paragraphs} language={result.language} text={text} onPlay={onPlay} />
    </section>
  );
}
