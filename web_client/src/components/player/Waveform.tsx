import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '@/lib/format';
import { barsOf, type Peaks, pathOf } from './peaks';
import { seek, skip } from './sound';
import { useMoments } from './useMoments';

const HEIGHT = 64;
const PITCH = 4;
const STEP_MS = 5000;
const LEAP_MS = 30_000;

interface WaveformProps {
  sound: HTMLMediaElement | null;
  peaks: Peaks | null;
  durationMs: number;
  second: number;
  /** Whether the position is told in words as well, for which browsers load a good deal first. */
  said: boolean;
}

/** The outline of the sound, and the place to seek in it. Time runs from left to right in every language. */
export function Waveform({ sound, peaks, durationMs, second, said }: WaveformProps) {
  const { t, i18n } = useTranslation('player');
  const frame = useRef<HTMLDivElement>(null);
  const played = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const path = useMemo(() => {
    const count = Math.floor(width / PITCH);
    return pathOf(peaks ? barsOf(peaks, count) : Array<number>(count).fill(0), PITCH, HEIGHT);
  }, [peaks, width]);

  useMoments(sound, (ms) => {
    if (played.current) played.current.style.width = `${Math.min(100, (100 * ms) / durationMs)}%`;
  });

  const seekTo = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width: whole } = event.currentTarget.getBoundingClientRect();
    if (sound) seek(sound, ((event.clientX - left) / whole) * durationMs);
  };
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowUp: STEP_MS,
      ArrowDown: -STEP_MS,
      PageUp: LEAP_MS,
      PageDown: -LEAP_MS,
    };
    const step = steps[event.key];
    if (step === undefined || !sound) return;
    event.preventDefault();
    skip(sound, step);
  };

  return (
    <div
      ref={frame}
      role="slider"
      tabIndex={0}
      aria-label={t('position')}
      aria-valuemin={0}
      aria-valuemax={Math.floor(durationMs / 1000)}
      aria-valuenow={second}
      aria-valuetext={
        said
          ? t('positionOf', {
              position: formatDuration(second * 1000, i18n.language),
              duration: formatDuration(durationMs, i18n.language),
            })
          : undefined
      }
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
      className="relative h-16 w-full cursor-pointer touch-pan-y select-none rounded-lg"
    >
      <Bars path={path} width={width} className="text-edge" />
      <div
        ref={played}
        className="absolute inset-y-0 left-0 w-0 overflow-hidden border-accent border-r-2 bg-surface"
      >
        <Bars path={path} width={width} className="text-accent" />
      </div>
    </div>
  );
}

function Bars({ path, width, className }: { path: string; width: number; className: string }) {
  return (
    <svg
      width={width}
      height={HEIGHT}
      aria-hidden="true"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth={PITCH / 2}
      strokeLinecap="round"
    >
      <path d={path} />
    </svg>
  );
}

function useWidth(frame: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}
