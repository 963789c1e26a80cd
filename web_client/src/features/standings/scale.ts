const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ROUND_MS = [1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS);

/** A round length that holds the longest, so that half of it is round enough as well. */
export function ceilingOf(longestMs: number): number {
  const round = ROUND_MS.find((ms) => ms >= longestMs);
  if (round) return round;
  let hours = HOUR_MS;
  for (let step = 0; hours < longestMs; step += 1) hours *= step % 3 === 1 ? 2.5 : 2; // 1, 2, 5, 10, 20, 50, …
  return hours;
}
