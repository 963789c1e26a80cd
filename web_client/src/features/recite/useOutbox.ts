import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useSession } from '@/api/session';
import type { Unsent } from './queue/outbox';
import { outbox } from './queue/page';

/** The recitals that are not wholly with the service; those that a page left behind are taken up again. */
export function useOutbox(): readonly Unsent[] {
  const queries = useQueryClient();
  const { user_id: ownerId } = useSession();
  useEffect(() => {
    outbox.onSent = () => {
      // What is read of which document, and what has become a recording.
      for (const key of ['documents', 'recitals', 'results']) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    };
    // A browser that keeps nothing, as some do in private windows, has nothing to go on with.
    if (ownerId) outbox.restore(ownerId).catch(() => {});
  }, [queries, ownerId]);
  return useSyncExternalStore(outbox.subscribe, outbox.shown);
}
