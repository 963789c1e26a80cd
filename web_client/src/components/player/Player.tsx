import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/components/Button';
import { PauseIcon } from '@/components/icons';
import { PlayIcon, SkipAheadIcon, SkipBackIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import { formatClock } from '@/lib/format';
import { type Film, roomFor } from './film';
import { ShortcutsDialog, type Unit } from './ShortcutsDialog';
import { SpeedMenu } from './SpeedMenu';
import { skip, toggle } from './sound';
import { Unplayable } from './Unplayable';
import { useHold } from './useHold';
import { usePeaks } from './usePeaks';
import { type Playback, usePlayback } from './usePlayback';
import { STEP_MS, useShortcuts } from './useShortcuts';
import { Waveform } from './Waveform';

/** Most of what is played has nothing to be seen. */
const Video = lazy(async () => ({ default: (await import('./Video')).Video }));

interface PlayerProps {
  /** Of the sound; it may redirect. */
  address: string;
  /** Of its outline, where that is made. */
  peaksAddress: string | null;
  durationMs: number;
  /** What is seen while it is heard, which then is the one source of both. */
  film?: Film | null;
  sound: HTMLMediaElement | null;
  onSound: (sound: HTMLMediaElement | null) => void;
  unit: Unit;
  /** Go so many words or sentences to the right, or to the left. */
  onStep: (by: number) => void;
}

/** The text comes first; by then it is there to be read. */
const TEXT_FIRST_MS = 1000;

/** Plays the sound of a text. It stays in sight while the text is read, where there is room for both. */
export function Player({
  address,
  peaksAddress,
  durationMs,
  film = null,
  sound,
  onSound,
  unit,
  onStep,
}: PlayerProps) {
  const { t } = useTranslation('player');
  const playback = usePlayback(sound);
  useShortcuts(sound, onStep);
  const hold = useHold(onSound);
  const isSettled = useSettled(sound);
  const peaks = usePeaks(isSettled ? peaksAddress : null);
  return (
    <section
      aria-label={t('label')}
      className="-mx-2 z-20 mb-6 rounded-2xl border border-line bg-surface p-3 shadow-float sm:p-4 [@media(min-height:36rem)]:sticky [@media(min-height:36rem)]:top-2"
    >
      {film ? (
        <div className="mb-3">
          <Suspense fallback={<div className="mx-auto rounded-xl bg-raised" style={roomFor(film)} />}>
            <Video film={film} video={sound instanceof HTMLVideoElement ? sound : null} ref={hold} />
          </Suspense>
        </div>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: it is lit in the text below as it is spoken
        <audio ref={hold} src={address} preload="none" />
      )}
      {/* As on every player, time runs from left to right. */}
      <div dir="ltr">
        <Waveform
          sound={sound}
          peaks={peaks}
          durationMs={durationMs}
          second={playback.second}
          said={isSettled}
        />
        <div className="mt-2 grid grid-cols-[1fr_auto_1fr] items-center gap-2">
          <p className="text-muted text-sm tabular-nums">
            <span className="text-ink">{formatClock(playback.second * 1000)}</span>
            <span className="max-[22rem]:hidden"> / {formatClock(durationMs)}</span>
          </p>
          <Controls sound={sound} playback={playback} />
          <div className="flex items-center justify-end">
            <SpeedMenu sound={sound} rate={playback.rate} />
            <Shortcuts unit={unit} />
          </div>
        </div>
      </div>
      {playback.failed && sound && <Unplayable sound={sound} address={film?.address ?? address} />}
    </section>
  );
}

/** Whether the text has had its time, after which the sound's facts are loaded. */
function useSettled(sound: HTMLMediaElement | null): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    if (!sound) return;
    const soon = setTimeout(() => {
      sound.preload = 'metadata';
      setSettled(true);
    }, TEXT_FIRST_MS);
    return () => clearTimeout(soon);
  }, [sound]);
  return isSettled;
}

function Controls({ sound, playback }: { sound: HTMLMediaElement | null; playback: Playback }) {
  const { t } = useTranslation('player');
  const seconds = STEP_MS / 1000;
  return (
    <div className="flex items-center gap-1 sm:gap-2">
      <IconButton
        label={t('back', { seconds })}
        onClick={() => sound && skip(sound, -STEP_MS)}
        className="text-xl"
      >
        <SkipBackIcon />
      </IconButton>
      <IconButton
        look="primary"
        label={playback.playing ? t('pause') : t('play')}
        onClick={() => sound && toggle(sound)}
        className="!rounded-full size-13 text-2xl"
      >
        <PlayingSign playback={playback} />
      </IconButton>
      <IconButton
        label={t('ahead', { seconds })}
        onClick={() => sound && skip(sound, STEP_MS)}
        className="text-xl"
      >
        <SkipAheadIcon />
      </IconButton>
    </div>
  );
}

function PlayingSign({ playback: { playing, waiting } }: { playback: Playback }) {
  if (waiting) return <Spinner quiet />;
  return playing ? <PauseIcon /> : <PlayIcon />;
}

function Shortcuts({ unit }: { unit: Unit }) {
  const { t } = useTranslation('player');
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label={t('shortcuts.title')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="text-muted pointer-coarse:hidden"
      >
        ?
      </IconButton>
      <ShortcutsDialog unit={unit} open={open} onOpenChange={setOpen} />
    </>
  );
}
