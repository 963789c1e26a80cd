import { useQuery } from '@tanstack/react-query';
import { Problem } from '@/api/problem';
import { LOOK_AGAIN_MS } from '@/api/renditions';
import { isFinal } from '@/components/rendition/useStanding';
import type { Peaks } from './peaks';

const AWAITED = 202;

/** The outline of the sound; until it is there, or should it be gone, the player does without. */
export function usePeaks(address: string | null): Peaks | null {
  const { data } = useQuery({
    queryKey: ['peaks', address],
    queryFn: ({ signal }) => read(address ?? '', signal),
    enabled: address !== null,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data, error } }) =>
      data === null && !isFinal(error) ? LOOK_AGAIN_MS : false,
  });
  return data ?? null;
}

/** Null while it is being made again. */
async function read(address: string, signal: AbortSignal): Promise<Peaks | null> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw await Problem.of(answer);
  return answer.status === AWAITED ? null : ((await answer.json()) as Peaks);
}
