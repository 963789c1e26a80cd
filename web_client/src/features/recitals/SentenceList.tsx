import { memo, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { measuresOf, type RecitalSegment } from '@/api/recitals';
import { classes } from '@/components/classes';
import { Mark } from '@/components/Mark';
import { PlayIcon } from '@/components/pageIcons';
import { FlagMarks } from '@/components/recital/FlagMarks';
import { directionOf } from '@/lib/direction';
import { formatClock } from '@/lib/format';
import { Measured } from './quality/Measured';

interface SentenceListProps {
  segments: readonly RecitalSegment[];
  /** How many of them, from the first on, are in the sound. */
  heardCount: number;
  language: string;
  text: Ref<HTMLDivElement>;
  onPlay: ((ms: number) => void) | null;
}

/** What was read, sentence by sentence. It is drawn when it changes, and not while it is played. */
export const SentenceList = memo(function SentenceList({
  segments,
  heardCount,
  language,
  text,
  onPlay,
}: SentenceListProps) {
  const { t } = useTranslation('recitals');
  return (
    <section aria-labelledby="sentences" className="max-w-3xl">
      <h2 id="sentences" className="mb-2 font-semibold text-lg">
        {t('sentences.title')}
      </h2>
      <div ref={text}>
        {/* Rows run the way their sentences do, so that what is told of each stands where it begins. */}
        <ol
          dir={directionOf(language)}
          className="[&_[data-lit]]:bg-accent-soft [&_[data-lit]]:text-accent [&_[data-lit]]:shadow-[0_0_0_0.2em_var(--color-accent-soft)]"
        >
          {segments.map((segment, at) => (
            <SentenceRow
              key={segment.index}
              segment={segment}
              place={at < heardCount ? at : null}
              language={language}
              onPlay={onPlay}
            />
          ))}
        </ol>
      </div>
    </section>
  );
});

interface SentenceRowProps {
  segment: RecitalSegment;
  /** Which of those that are heard it is; null for those that are not. */
  place: number | null;
  language: string;
  onPlay: ((ms: number) => void) | null;
}

function SentenceRow({ segment, place, language, onPlay }: SentenceRowProps) {
  const { t } = useTranslation('recitals');
  const { start_ms, text, flags, kept, does_not_count } = segment;
  const measures = measuresOf(segment);
  return (
    <li className="grid grid-cols-[1fr] gap-x-4 border-line border-b py-3 [contain-intrinsic-size:auto_6rem] [content-visibility:auto] sm:grid-cols-[4.5rem_1fr]">
      {onPlay && place !== null && (
        <button
          type="button"
          aria-label={t('sentences.playFrom', { time: formatClock(start_ms) })}
          onClick={() => onPlay(start_ms)}
          className="inline-flex min-h-11 items-center gap-1 self-start justify-self-start rounded-lg pe-2 text-muted text-sm tabular-nums hover:bg-raised hover:text-ink sm:min-h-9"
        >
          {formatClock(start_ms)}
          <PlayIcon className="text-[0.7em]" />
        </button>
      )}
      <div className="flex min-w-0 flex-col items-start gap-1.5 sm:col-start-2">
        <p
          lang={language}
          className={classes('w-full font-reading text-lg leading-8', !kept && 'text-muted')}
        >
          {place === null ? (
            text
          ) : (
            <span data-word={place} className="cursor-pointer rounded-sm hover:bg-raised">
              {text}
            </span>
          )}
        </p>
        {!kept && <Mark>{t(does_not_count ? 'sentences.again' : 'sentences.leftOut')}</Mark>}
        <FlagMarks flags={flags} />
        {measures && <Measured measures={measures} />}
      </div>
    </li>
  );
}
