/** What the addresses of administration say: each page reads its own. */
import type { Schemas } from '@/api/client';
import type { Role } from '@/api/session';
import { pickFilter } from '@/components/find/address';
import type { ResultFilter } from '@/components/find/filter';
import { type RecitalFilter, readRecitalFilter } from '@/components/recital/filter';

export type Action = Schemas['Action'];
export type TaskKind = Schemas['Kind'];
export type TaskState = Schemas['State'];

export const ROLES = ['none', 'speaker', 'admin'] as const satisfies readonly Role[];
const PARTS = ['approvals', 'invites'] as const;
export const KINDS = [
  'intake',
  'expire',
  'transcode',
  'transcribe',
  'submit',
  'collect',
  'erase',
  'tidy',
  'export',
  'leave',
  'aggregate',
  'publish',
  'assess',
  'purge',
] as const satisfies readonly TaskKind[];
/** Those that tell something: what is done well is not worth a list. */
export const STATES = ['failed', 'running', 'pending', 'done'] as const satisfies readonly TaskState[];
export const ACTIONS = [
  'signed_in',
  'signed_out',
  'signed_out_everywhere',
  'role_changed',
  'approved_ahead',
  'approval_withdrawn',
  'invite_made',
  'invite_used',
  'invite_revoked',
  'delegated',
  'key_made',
  'key_used',
  'key_revoked',
  'agreed',
  'profile_changed',
  'export_asked',
  'results_exported',
  'result_changed',
  'result_deleted',
  'result_shared',
  'share_revoked',
  'transcript_corrected',
  'recital_disavowed',
  'document_changed',
  'leaving',
  'staying',
  'left',
] as const satisfies readonly Action[];

type Search = Record<string, unknown>;

export interface PeopleSearch {
  part?: (typeof PARTS)[number] | undefined;
  /** How a name or an address begins. */
  query?: string | undefined;
  role?: Role | undefined;
}

export function readPeopleSearch(search: Search): PeopleSearch {
  return {
    part: oneOf(PARTS, search.part),
    query: text(search.query),
    role: oneOf(ROLES, search.role),
  };
}

export interface QueuesSearch {
  /** Whose dead letters are looked at. */
  queue?: string | undefined;
  state?: TaskState | undefined;
  kind?: TaskKind | undefined;
}

export function readQueuesSearch(search: Search): QueuesSearch {
  return {
    queue: text(search.queue),
    state: oneOf(STATES, search.state),
    kind: oneOf(KINDS, search.kind),
  };
}

export interface RecitalsSearch extends RecitalFilter {
  /** Who has read. */
  person?: string | undefined;
}

export function readRecitalsSearch(search: Search): RecitalsSearch {
  return { ...readRecitalFilter(search), person: identifier(search.person) };
}

export interface ResultsSearch extends ResultFilter {
  /** Whose they are. */
  person?: string | undefined;
}

export function readResultsSearch(search: Search): ResultsSearch {
  return { ...pickFilter(search), person: identifier(search.person) };
}

export interface AuditSearch {
  action?: Action | undefined;
  /** Who did it. */
  person?: string | undefined;
  /** What or whom it was done to. */
  about?: string | undefined;
}

export function readAuditSearch(search: Search): AuditSearch {
  return {
    action: oneOf(ACTIONS, search.action),
    person: identifier(search.person),
    about: identifier(search.about),
  };
}

function oneOf<Value extends string>(values: readonly Value[], wish: unknown): Value | undefined {
  return values.find((value) => value === wish);
}

/** The router reads `?query=12` as a number. */
function text(wish: unknown): string | undefined {
  const said = typeof wish === 'number' ? String(wish) : wish;
  return typeof said === 'string' && said !== '' ? said : undefined;
}

function identifier(wish: unknown): string | undefined {
  const said = text(wish);
  return said && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(said) ? said : undefined;
}
