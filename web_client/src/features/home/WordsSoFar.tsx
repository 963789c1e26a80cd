import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answer, api } from '@/api/client';
import type { Result } from './latest';

/** What is shown of the end of a text. */
const SHOWN_CHARACTERS = 280;
/** A long text is asked for less often, as it comes as a whole each time. */
const LONG_MS = 10 * 60_000;
const PAUSE_MS = 1500;
const LONG_PAUSE_MS = 10_000;

/** The latest words of a text that is being written, as they come. */
export function WordsSoFar({ result: { id, heard_ms: heardMs } }: { result: Result }) {
  const pauseMs = heardMs < LONG_MS ? PAUSE_MS : LONG_PAUSE_MS;
  const { data, dataUpdatedAt, refetch } = useQuery({
    queryKey: ['result', id, 'words so far'],
    queryFn: async () => {
      const result = await answer(
        api.GET('/api/v1/results/{result_id}', { params: { path: { result_id: id } } }),
      );
      return { text: endOf(result.text), language: result.language, heardMs: result.heard_ms };
    },
    staleTime: pauseMs,
  });

  const isBehind = data !== undefined && data.heardMs < heardMs;
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => void refetch(), Math.max(0, dataUpdatedAt + pauseMs - Date.now()));
    return () => clearTimeout(timer);
  }, [isBehind, dataUpdatedAt, pauseMs, refetch]);

  if (!data?.text) return null;
  return (
    // Three lines, of which the last ones are seen.
    <div className="flex max-h-[5.25rem] flex-col justify-end overflow-hidden">
      <p dir="auto" lang={data.language ?? undefined} className="font-reading text-lg leading-7">
        {data.text}
      </p>
    </div>
  );
}

/** The last words, whole. */
function endOf(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= SHOWN_CHARACTERS) return trimmed;
  const end = trimmed.slice(-SHOWN_CHARACTERS);
  return `… ${end.slice(end.search(/\s/) + 1)}`;
}
