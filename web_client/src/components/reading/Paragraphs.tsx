import { memo, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '@/components/classes';
import { PlayIcon } from '@/components/pageIcons';
import { formatClock, formatShare } from '@/lib/format';
import { UNSURE } from './confidence';
import type { Paragraph, Piece } from './paragraphs';
import { nameOfSpeaker } from './speakers';

interface ParagraphsProps {
  paragraphs: readonly Paragraph[];
  language: string | null;
  text: Ref<HTMLDivElement>;
  /** Nothing where there is no sound. */
  onPlay: ((ms: number) => void) | null;
}

/** The text. It is drawn when it changes, and not while it is played; paragraphs out of sight cost nothing. */
export const Paragraphs = memo(function Paragraphs({ paragraphs, language, text, onPlay }: ParagraphsProps) {
  return (
    <div
      ref={text}
      lang={language ?? undefined}
      className="flex flex-col gap-4 font-reading text-lg leading-8 sm:text-xl sm:leading-9 [&_[data-lit]]:bg-accent-soft [&_[data-lit]]:text-accent [&_[data-lit]]:shadow-[0_0_0_0.15em_var(--color-accent-soft)] [&_[data-unsure]]:underline [&_[data-unsure]]:decoration-2 [&_[data-unsure]]:decoration-dotted [&_[data-unsure]]:decoration-warning [&_[data-unsure]]:underline-offset-4 [&_[data-word]]:rounded-sm"
    >
      {paragraphs.map((paragraph) => (
        <ParagraphBlock key={paragraph.index} paragraph={paragraph} onPlay={onPlay} />
      ))}
    </div>
  );
});

function ParagraphBlock({ paragraph, onPlay }: { paragraph: Paragraph; onPlay: ParagraphsProps['onPlay'] }) {
  const { t, i18n } = useTranslation('player');
  const { start_ms, speaker, pieces } = paragraph;
  return (
    <div className="-mx-3 grid grid-cols-[auto_1fr] items-center gap-x-3 px-3 py-1 [contain-intrinsic-size:auto_12rem] [content-visibility:auto] sm:grid-cols-[4.5rem_1fr] sm:gap-x-4">
      {onPlay && (
        <button
          type="button"
          lang={i18n.language}
          aria-label={t('text.playFrom', { time: formatClock(start_ms) })}
          onClick={() => onPlay(start_ms)}
          className="row-start-1 inline-flex min-h-11 items-center gap-1 self-start rounded-lg pe-2 font-sans text-muted text-sm tabular-nums hover:bg-raised hover:text-ink"
        >
          {formatClock(start_ms)}
          <PlayIcon className="text-[0.7em]" />
        </button>
      )}
      {speaker !== null && (
        <p lang={i18n.language} className="col-start-2 row-start-1 font-medium font-sans text-base">
          <bdi>{nameOfSpeaker(speaker, t)}</bdi>
        </p>
      )}
      <p
        dir="auto"
        data-paragraph={paragraph.index}
        className={classes(
          'min-w-0 max-sm:col-span-2 sm:col-start-2',
          speaker === null && 'sm:row-start-1 sm:pt-1',
          onPlay && '[&_[data-word]:hover]:bg-raised [&_[data-word]]:cursor-pointer',
        )}
      >
        {pieces.map((piece) =>
          typeof piece === 'string' ? piece : <WordMark key={piece.word} {...piece} />,
        )}
      </p>
    </div>
  );
}

function WordMark({ word, text, confidence }: Exclude<Piece, string>) {
  const { t, i18n } = useTranslation('player');
  if (confidence >= UNSURE) return <span data-word={word}>{text}</span>;
  return (
    <span
      data-word={word}
      data-unsure=""
      title={t('text.unsureWord', { share: formatShare(confidence, i18n.language) })}
    >
      {text}
    </span>
  );
}
