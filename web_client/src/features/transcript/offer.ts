/** Which engines there are, and what each of them can do: what would be refused is not to be chosen. */
import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Offer = Schemas['EnginesShown'];
export type Engine = Schemas['EngineShown'];

export const offerQuery = queryOptions({
  queryKey: ['engines'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/transcription/engines', { signal })),
  staleTime: 5 * 60_000,
});

/** The engine of that name, or the only one that there is. */
export function engineOf({ engines }: Offer, name: string): Engine | null {
  return engines.find((engine) => engine.name === name) ?? (engines.length === 1 ? engines[0] : null) ?? null;
}

/** The languages that may be told of, by whatever was chosen; null where any may. */
export function languagesOf(offer: Offer, engine: Engine | null, model: string): string[] | null {
  if (!engine) return offer.languages;
  const chosen = engine.models.find(({ name }) => name === model);
  return chosen ? chosen.languages : engine.languages;
}

/** Whether an engine takes recordings of that length. */
export function takes({ longest_ms: longest }: Engine, durationMs: number | null): boolean {
  return longest === null || durationMs === null || durationMs <= longest;
}
