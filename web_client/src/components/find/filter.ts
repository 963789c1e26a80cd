/** Which results a list shows and in which order, as its address says it. */
import type { ResultStatus, ResultsWanted } from '@/api/results';

export const STATUSES = [
  'completed',
  'failed',
  'received',
  'transcoding',
  'transcribing',
] as const satisfies readonly ResultStatus[];
export type KnownStatus = (typeof STATUSES)[number];

export const KINDS = ['audio', 'video', 'image'] as const;
export type Kind = (typeof KINDS)[number];

export const ORIGINS = ['upload', 'recital'] as const;
export type Origin = (typeof ORIGINS)[number];

/** The newest first is what every list begins with, and what suits best where something is searched for. */
export const SORTS = [
  '-created',
  'created',
  'title',
  '-title',
  '-duration',
  'duration',
  'status',
  '-status',
  'confidence',
  '-confidence',
] as const;
export type Sort = (typeof SORTS)[number];

export const ENGINES = ['whisper', 'aws'] as const;
export type Engine = (typeof ENGINES)[number];

export interface ResultFilter {
  q?: string | undefined;
  sort?: Sort | undefined;
  status?: KnownStatus[] | undefined;
  kind?: Kind[] | undefined;
  origin?: Origin | undefined;
  language?: string[] | undefined;
  engine?: Engine[] | undefined;
  tag?: string[] | undefined;
  flag?: string[] | undefined;
  /** The first and the last day, as "2026-11-21". */
  from?: string | undefined;
  to?: string | undefined;
  /** Minutes. */
  shortest?: number | undefined;
  longest?: number | undefined;
}

/** What several values may be wanted of at once. */
export const SEVERAL = ['status', 'kind', 'language', 'engine', 'tag', 'flag'] as const;
export type Several = (typeof SEVERAL)[number];

/** No filter at all; what is searched for and the order are none. */
export const NO_FILTER = {
  status: undefined,
  kind: undefined,
  origin: undefined,
  language: undefined,
  engine: undefined,
  tag: undefined,
  flag: undefined,
  from: undefined,
  to: undefined,
  shortest: undefined,
  longest: undefined,
} as const satisfies ResultFilter;

export const LONGEST_SEARCH = 200;
/** As many as there are minutes in a month: no recording is longer. */
const MOST_MINUTES = 43_200;

/** Read the filter of an address; what it can't mean is left out. */
export function readResultFilter(search: Record<string, unknown>): ResultFilter {
  return {
    q: textOf(search.q)?.slice(0, LONGEST_SEARCH),
    sort: oneOf(SORTS, search.sort),
    status: someOf(STATUSES, search.status),
    kind: someOf(KINDS, search.kind),
    origin: oneOf(ORIGINS, search.origin),
    language: wordsLike(/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i, search.language),
    engine: someOf(ENGINES, search.engine),
    tag: wordsLike(/^.{1,50}$/u, search.tag),
    flag: wordsLike(/^[a-z_]{1,50}$/, search.flag),
    from: dayOf(search.from),
    to: dayOf(search.to),
    shortest: minutesOf(search.shortest),
    longest: minutesOf(search.longest),
  };
}

export function isFiltered(filter: ResultFilter): boolean {
  return Object.keys(NO_FILTER).some((key) => filter[key as keyof typeof NO_FILTER] !== undefined);
}

/** Whether a list shows all that there is, in the order in which it came. */
export function isPlain(filter: ResultFilter): boolean {
  return filter.q === undefined && filter.sort === undefined && !isFiltered(filter);
}

/** What to ask the service for. */
export function wantedOf({ from, to, shortest, longest, ...same }: ResultFilter): ResultsWanted {
  return clean({
    ...same,
    created_from: from && beginOf(from),
    created_to: to && endOf(to),
    shortest_ms: shortest && Math.round(shortest * 60_000),
    longest_ms: longest && Math.round(longest * 60_000),
  });
}

/** The values with one more, or without it; none at all where that is the last. */
export function toggled<Value>(values: readonly Value[] = [], value: Value): Value[] | undefined {
  const others = values.filter((one) => one !== value);
  const next = others.length === values.length ? [...values, value] : others;
  return next.length > 0 ? next : undefined;
}

/** What is undefined is left out: requests and keys of queries then say the same for the same. */
function clean<Wanted extends object>(wanted: { [Key in keyof Wanted]: Wanted[Key] | undefined }): Wanted {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as Wanted;
}

function oneOf<Value extends string>(values: readonly Value[], wish: unknown): Value | undefined {
  return values.find((value) => value === wish);
}

function someOf<Value extends string>(values: readonly Value[], wish: unknown): Value[] | undefined {
  const wished = words(wish);
  const known = values.filter((value) => wished?.includes(value));
  return known.length > 0 ? known : undefined;
}

function wordsLike(pattern: RegExp, wish: unknown): string[] | undefined {
  const known = words(wish)?.filter((word) => pattern.test(word));
  return known?.length ? known : undefined;
}

/** One word or several, each once; an address that a person writes has one without brackets. */
function words(wish: unknown): string[] | undefined {
  const said = (Array.isArray(wish) ? wish : [wish]).flatMap((one) => textOf(one) ?? []);
  return said.length > 0 ? [...new Set(said)] : undefined;
}

/** The router reads `?q=12` as a number and `?q=true` as a truth. */
function textOf(wish: unknown): string | undefined {
  const said = typeof wish === 'number' || typeof wish === 'boolean' ? String(wish) : wish;
  return typeof said === 'string' && said.trim() !== '' ? said.trim() : undefined;
}

function dayOf(wish: unknown): string | undefined {
  const said = textOf(wish);
  const isDay = said !== undefined && /^\d{4}-\d\d-\d\d$/.test(said);
  return isDay && !Number.isNaN(midnightOf(said).getTime()) ? said : undefined;
}

function minutesOf(wish: unknown): number | undefined {
  const minutes = Number(textOf(wish) ?? Number.NaN);
  return minutes > 0 && minutes <= MOST_MINUTES ? minutes : undefined;
}

function beginOf(day: string): string {
  return midnightOf(day).toISOString();
}

/** When the day after begins; not all days have 24 hours. */
function endOf(day: string): string {
  const next = midnightOf(day);
  next.setDate(next.getDate() + 1);
  return next.toISOString();
}

/** Where the person is. */
function midnightOf(day: string): Date {
  return new Date(`${day}T00:00`);
}
