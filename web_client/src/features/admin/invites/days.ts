/** Days as a date field writes them: by the clock on the wall here, not by UTC. */

/** The day that is so many days after another, `2026-11-21`. */
export function dayAfter(days: number, from = new Date()): string {
  const day = new Date(from.getFullYear(), from.getMonth(), from.getDate() + days);
  const parts = [day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0'));
  return [String(day.getFullYear()).padStart(4, '0'), ...parts].join('-');
}

/** When a day ends here, as the API wants it. */
export function endOf(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}
