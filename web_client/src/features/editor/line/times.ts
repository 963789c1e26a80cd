/** Times of lines, as people write them: "1:02.345". */

/** 62345 → "1:02.345". */
export function formatTime(ms: number): string {
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
  const seconds = ((ms % 60_000) / 1000).toFixed(3).padStart(6, '0');
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

const TIME = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,3})(?:[.,](\d{1,3}))?$/;

/** "1:02.345", "62.3" or "1:00:02" in milliseconds; null for what is no time. */
export function parseTime(written: string): number | null {
  const found = TIME.exec(written.trim());
  if (!found) return null;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = found;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, '0'));
}

interface Bounds {
  /** Of the line before, or 0. */
  least: number;
  /** Of the line after, or the end of the recording. */
  most: number;
}

type Timed = { start_ms: number; end_ms: number };

/** Within what a line's beginning may be: lines follow each other by their beginnings. */
export function boundsOfStart(
  before: Timed | undefined,
  line: Timed,
  after: Timed | undefined,
  durationMs: number | null,
): Bounds {
  return {
    least: before?.start_ms ?? 0,
    most: Math.min(line.end_ms, after?.start_ms ?? durationMs ?? Number.POSITIVE_INFINITY),
  };
}

/** Within what a line's end may be: people talk over each other, so that it may lie within the next one. */
export function boundsOfEnd(line: Timed, durationMs: number | null): Bounds {
  return { least: line.start_ms, most: durationMs ?? Number.POSITIVE_INFINITY };
}
