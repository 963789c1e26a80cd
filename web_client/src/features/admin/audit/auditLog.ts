/** Who did what, as it was written down. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';
import type { Action, AuditSearch } from '../search';

export type Entry = Schemas['EntryShown'];

/** Entries, the newest first. */
export function useAuditLog({ action, person, about }: AuditSearch) {
  return useInfiniteQuery({
    queryKey: ['admin', 'audit', { action, person, about }],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/admin/audit', {
          params: {
            query: {
              action: action ?? null,
              actor_id: person ?? null,
              subject_id: about ?? null,
              limit: 50,
              cursor: pageParam,
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

type Subject = 'person' | 'key' | 'invite' | 'export' | 'result' | 'recital' | 'document' | 'none';

/** What the subject of an action is. */
export const SUBJECTS: Record<Action, Subject> = {
  signed_in: 'none',
  signed_out: 'none',
  signed_out_everywhere: 'none',
  role_changed: 'person',
  approved_ahead: 'none',
  approval_withdrawn: 'none',
  invite_made: 'invite',
  invite_used: 'invite',
  invite_revoked: 'invite',
  delegated: 'none',
  key_made: 'key',
  key_used: 'key',
  key_revoked: 'key',
  agreed: 'person',
  profile_changed: 'person',
  export_asked: 'export',
  results_exported: 'export',
  result_changed: 'result',
  result_deleted: 'result',
  result_shared: 'result',
  share_revoked: 'result',
  transcript_corrected: 'result',
  recital_disavowed: 'recital',
  document_changed: 'document',
  leaving: 'person',
  staying: 'person',
  left: 'person',
};
