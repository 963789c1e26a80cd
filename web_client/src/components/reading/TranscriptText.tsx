import { type Ref, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { UNSURE } from './confidence';
import { Paragraphs } from './Paragraphs';
import type { Paragraph } from './paragraphs';

interface TranscriptTextProps {
  words: readonly { confidence: number }[];
  language: string | null;
  paragraphs: readonly Paragraph[];
  text: Ref<HTMLDivElement>;
  onPlay: ((ms: number) => void) | null;
}

/** The text of a result, with what there is to know of it. */
export function TranscriptText({ words, language, paragraphs, text, onPlay }: TranscriptTextProps) {
  const { t } = useTranslation('player');
  const unsure = useMemo(() => words.some(({ confidence }) => confidence < UNSURE), [words]);
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
      <Paragraphs paragraphs={paragraphs} language={language} text={text} onPlay={onPlay} />
    </section>
  );
}
