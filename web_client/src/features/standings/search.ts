/** How many days a chart goes back. */
export const SPANS = [7, 30, 90, 365] as const;
export type Span = (typeof SPANS)[number];

/** What the address of the statistics says. */
export interface StatisticsSearch {
  days?: Span;
  /** The chart shows what everybody has read. */
  everybody?: boolean;
}

export function readStatisticsSearch(search: Record<string, unknown>): StatisticsSearch {
  const days = SPANS.find((span) => span === search.days);
  return { ...(days ? { days } : {}), ...(search.everybody === true ? { everybody: true } : {}) };
}
