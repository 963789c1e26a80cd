import { useQuery } from '@tanstack/react-query';
import { Problem } from '@/api/problem';
import type { Peaks } from './peaks';

/** The outline of the sound; until it is there, or should it be gone, the player does without. */
export function usePeaks(address: string | null): Peaks | null {
  const { data } = useQuery({
    queryKey: ['peaks', address],
    queryFn: ({ signal }) => read(address ?? '', signal),
    enabled: address !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}

async function read(address: string, signal: AbortSignal): Promise<Peaks> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw await Problem.of(answer);
  return (await answer.json()) as Peaks;
}
