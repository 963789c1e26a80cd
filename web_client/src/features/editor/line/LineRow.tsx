import { memo, useCallback, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '@/components/classes';
import { PlayIcon } from '@/components/pageIcons';
import { playFrom } from '@/components/player/sound';
import { nameOfSpeaker } from '@/components/reading/speakers';
import { formatClock } from '@/lib/format';
import type { Draft } from '../Draft';
import { LineFields } from './LineFields';
import { LineMenu } from './LineMenu';
import { LineText } from './LineText';

interface LineRowProps {
  draft: Draft;
  lineKey: string;
  isActive: boolean;
  language: string | null;
  durationMs: number | null;
  sound: HTMLMediaElement | null;
}

/** A line: when it begins, who speaks, and what. It is drawn when it changes, and not when another does. */
export const LineRow = memo(function LineRow({
  draft,
  lineKey,
  isActive,
  language,
  durationMs,
  sound,
}: LineRowProps) {
  const { t } = useTranslation('editor');
  const { t: inPlayer } = useTranslation('player');
  const line = useSyncExternalStore(
    draft.subscribe,
    useCallback(() => draft.line(lineKey), [draft, lineKey]),
  );
  if (!line) return null;
  const time = formatClock(line.start_ms);
  const speaker = line.speaker === null ? null : nameOfSpeaker(line.speaker, inPlayer);
  return (
    <div
      data-line={lineKey}
      className={classes(
        'rounded-xl border-transparent border-s-2 px-3 py-1.5 data-now:border-accent',
        isActive && 'bg-raised',
      )}
    >
      <div className="flex min-h-8 items-center gap-x-3 text-muted text-sm">
        {sound && (
          <button
            type="button"
            tabIndex={isActive ? 0 : -1}
            aria-label={t('line.playFrom', { time })}
            onClick={() => playFrom(sound, line.start_ms)}
            className="-ms-1 inline-flex min-h-8 items-center gap-1 rounded-lg px-1 tabular-nums hover:bg-raised hover:text-ink"
          >
            {time}
            <PlayIcon className="text-[0.7em]" />
          </button>
        )}
        {speaker !== null && <bdi className="min-w-0 truncate font-medium text-ink">{speaker}</bdi>}
        {isActive && <LineMenu draft={draft} line={line} durationMs={durationMs} />}
      </div>
      <LineText
        line={line}
        label={speaker === null ? t('line.text', { time }) : t('line.textOf', { time, speaker })}
        language={language}
      />
      {isActive && <LineFields draft={draft} line={line} durationMs={durationMs} sound={sound} />}
    </div>
  );
});
