/** Numbers, lengths and times as people of a language write them. */

/** Where a browser knows no Yiddish, Hebrew letters serve better than the machine's own language. */
function localesOf(language: string): string[] {
  return language === 'yi' ? ['yi', 'he'] : [language];
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** 1536000 → "1.5 MB". */
export function formatSize(bytes: number, language: string): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), SIZES.length - 1);
  return new Intl.NumberFormat(localesOf(language), {
    style: 'unit',
    unit: SIZES[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}

/** 3661000 → "1:01:01"; the same in every language, for clocks and lists. */
export function formatClock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = String(rest).padStart(2, '0');
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** 3661000 → "1 hour, 1 minute, 1 second": what a screen reader is to say for a clock. */
export function formatDuration(ms: number, language: string): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [
    ['hour', Math.floor(seconds / 3600)],
    ['minute', Math.floor(seconds / 60) % 60],
    ['second', seconds % 60],
  ] as const;
  const locales = localesOf(language);
  const told = parts
    .filter(([unit, value]) => value > 0 || (unit === 'second' && seconds === 0))
    .map(([unit, value]) =>
      new Intl.NumberFormat(locales, { style: 'unit', unit, unitDisplay: 'long' }).format(value),
    );
  return new Intl.ListFormat(locales, { type: 'unit', style: 'narrow' }).format(told);
}

/** 1240 → "1.2 sec". */
export function formatSeconds(ms: number, language: string): string {
  return new Intl.NumberFormat(localesOf(language), {
    style: 'unit',
    unit: 'second',
    maximumFractionDigits: 1,
  }).format(ms / 1000);
}

/** 0.42 → "42%". */
export function formatShare(share: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(localesOf(language), {
    style: 'percent',
    maximumFractionDigits: digits,
  }).format(share);
}

export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(localesOf(language)).format(value);
}

/** The day and the time of an API timestamp. */
export function formatDateTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(localesOf(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(at),
  );
}

export function formatDate(at: string, language: string): string {
  return new Intl.DateTimeFormat(localesOf(language), { dateStyle: 'medium' }).format(new Date(at));
}

/** The day and month of a date without a time, "2026-11-21", which is the same wherever one is. */
export function formatDay(date: string, language: string): string {
  return new Intl.DateTimeFormat(localesOf(language), {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(date));
}

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const WEEK = 7 * 86_400_000;

/** "5 minutes ago" within a week, and the date beyond. */
export function formatWhen(at: string, language: string, now = Date.now()): string {
  const apart = new Date(at).getTime() - now;
  if (Math.abs(apart) >= WEEK) return formatDate(at, language);
  const [unit, length] = STEPS.find(([, ms]) => Math.abs(apart) >= ms) ?? ['second', 1000];
  const value = unit === 'second' ? 0 : Math.trunc(apart / length);
  return new Intl.RelativeTimeFormat(localesOf(language), { numeric: 'auto' }).format(value, unit);
}
