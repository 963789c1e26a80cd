import { ownPath } from '@/lib/ownPath';

/** What the addresses of these pages say; `to` is where to go once somebody is signed in. */
export interface WaySearch {
  to?: string;
}

const NEWS = ['confirmed', 'reset', 'leaving', 'failed'] as const;

export interface SignInSearch extends WaySearch {
  /** What was done just before, to be told above the ways to sign in. */
  news?: (typeof NEWS)[number];
  /** With `leaving`: when the account is deleted. */
  at?: string;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Carried from one form to the next, out of the address, where it would be logged. */
    email?: string;
  }
}

export function readWaySearch(search: Record<string, unknown>): WaySearch {
  const to = ownPath(search.to);
  return to ? { to } : {};
}

export function readSignInSearch(search: Record<string, unknown>): SignInSearch {
  const news = NEWS.find((name) => name === search.news);
  const at = typeof search.at === 'string' && !Number.isNaN(Date.parse(search.at)) ? search.at : null;
  return { ...readWaySearch(search), ...(news ? { news } : {}), ...(at ? { at } : {}) };
}
