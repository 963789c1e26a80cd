import { useLocation, useSearch } from '@tanstack/react-router';
import type { SignInSearch, WaySearch } from './search';

/** Where somebody is on their way to, and the address that they have written already. */
export function useWay() {
  const search: SignInSearch = useSearch({ strict: false });
  const email = useLocation({ select: ({ state }) => state.email ?? '' });
  const onward: WaySearch = search.to ? { to: search.to } : {};
  return { search, onward, email };
}
