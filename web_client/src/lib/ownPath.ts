/** A path of this site, or nothing: what is sent there must not leave it (`//elsewhere`, `/\elsewhere`). */
export function ownPath(wish: unknown): string | null {
  if (typeof wish !== 'string' || !wish.startsWith('/')) return null;
  const { origin } = window.location;
  const parsed = URL.canParse(wish, origin) ? new URL(wish, origin) : null;
  return parsed?.origin === origin ? parsed.pathname + parsed.search + parsed.hash : null;
}
