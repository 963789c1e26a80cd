import { useTranslation } from 'react-i18next';
import type { Sentence } from '@/api/documents';
import { classes } from '@/components/classes';
import { directionOf } from '@/lib/direction';

interface SentencesProps {
  sentences: readonly Sentence[];
  /** Which is to be read now. */
  now: number;
  language: string;
  isPaused: boolean;
}

/** The sentence to be read, with the one before it and the two after it. */
export function Sentences({ sentences, now, language, isPaused }: SentencesProps) {
  const { t } = useTranslation('recite');
  const current = sentences[now];
  const shown = sentences.slice(Math.max(0, now - 1), now + 3);
  return (
    <div
      lang={language}
      dir={directionOf(language)}
      className="flex flex-1 flex-col justify-center gap-5 py-4 font-reading sm:gap-7"
    >
      {shown.map((sentence) => (
        <p
          key={sentence.index}
          aria-current={sentence === current || undefined}
          aria-hidden={sentence !== current}
          className={classes(
            'transition-[font-size,color] duration-200 [overflow-wrap:anywhere]',
            sentence === current
              ? 'text-[length:clamp(1.6rem,1rem+2.6vw,2.75rem)] leading-snug'
              : 'line-clamp-2 text-lg text-muted sm:text-xl',
            sentence === current && isPaused && 'text-muted',
            sentence.paragraph !== sentences[sentence.index - 1]?.paragraph && sentence.index > 0 && 'mt-3',
          )}
        >
          {sentence.text}
        </p>
      ))}
      {!current && (
        <p lang="" dir="auto" className="text-center font-sans text-muted text-xl">
          {t('allRead')}
        </p>
      )}
      {/* Heard by who doesn't see it: through headphones, or under the fingers. */}
      <p role="status" className="sr-only">
        {current?.text}
      </p>
    </div>
  );
}
