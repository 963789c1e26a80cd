import { type ResultFilter, SEVERAL, type Several, toggled } from './filter';

/** One condition that a list is filtered by. */
export interface Active {
  what: Several | 'origin' | 'from' | 'to' | 'shortest' | 'longest';
  value: string;
  /** What is to change so that it is no more. */
  without: ResultFilter;
}

const SINGLE = ['origin', 'from', 'to', 'shortest', 'longest'] as const;

/** What a list is filtered by, one by one. */
export function activeOf(filter: ResultFilter): Active[] {
  const several = SEVERAL.flatMap((what) =>
    (filter[what] ?? []).map((value) => ({
      what,
      value,
      without: { [what]: toggled<string>(filter[what], value) },
    })),
  );
  const single = SINGLE.flatMap((what) => {
    const value = filter[what];
    return value === undefined ? [] : [{ what, value: String(value), without: { [what]: undefined } }];
  });
  return [...several, ...single];
}
