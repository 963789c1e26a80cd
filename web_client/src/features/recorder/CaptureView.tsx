import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LevelMeter, type ShowLevel } from '@/components/sound/LevelMeter';
import { formatClock, formatDuration } from '@/lib/format';
import { SILENCE } from '@/lib/sound/level';
import { useWakeLock } from '@/lib/sound/useWakeLock';
import type { Capture } from './capture';
import { drawWave } from './drawWave';
import { useLevel } from './useLevel';

const MOST_BARS = 400;
/** After so many readings, three seconds, without a sound it is said. */
const QUIET_READINGS = 60;

interface CaptureViewProps {
  capture: Capture;
  isPaused: boolean;
}

/** A recording under way: its time, its waveform and how loud it is, and in words whether anything is heard. */
export function CaptureView({ capture, isPaused }: CaptureViewProps) {
  const { t } = useTranslation('recorder');
  useWakeLock(!isPaused);
  const canvas = useRef<HTMLCanvasElement>(null);
  const meter = useRef<ShowLevel>(null);
  const levels = useRef<number[]>([]);
  const quiet = useRef(0);
  const [isSilent, setSilent] = useState(false);

  useLevel(capture.analyser, (level) => {
    meter.current?.(level);
    if (isPaused) return;
    quiet.current = level < SILENCE ? quiet.current + 1 : 0;
    setSilent(quiet.current >= QUIET_READINGS);
    levels.current = [...levels.current, level].slice(-MOST_BARS);
    // The meter shows the sound; that the picture wanders is left away for those who can't bear it.
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (canvas.current && !isStill) drawWave(canvas.current, levels.current);
  });

  return (
    <div className="flex flex-col gap-3">
      <Clock capture={capture} />
      <div aria-hidden="true" className="motion-reduce:hidden">
        <canvas ref={canvas} className="h-24 w-full text-accent" />
      </div>
      <LevelMeter ref={meter} label={t('level')} />
      <p role="status" className="min-h-6 text-center text-muted text-sm">
        {t(isPaused ? 'paused' : isSilent ? 'silent' : 'heard')}
      </p>
    </div>
  );
}

function Clock({ capture }: { capture: Capture }) {
  const { t, i18n } = useTranslation('recorder');
  const [ms, setMs] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setMs(capture.elapsedMs()), 200);
    return () => clearInterval(timer);
  }, [capture]);
  return (
    <p
      role="timer"
      aria-live="off"
      aria-label={t('time', { duration: formatDuration(ms, i18n.language) })}
      className="text-center font-light text-5xl tabular-nums"
    >
      {formatClock(ms)}
    </p>
  );
}
