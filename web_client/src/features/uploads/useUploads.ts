import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useSession } from '@/api/session';
import { type Upload, Uploads } from './queue';
import type { Brought } from './sending';

/** One for the page: an upload goes on while people look at their results. */
export const uploads = new Uploads();

/** The uploads under way; those that a reload interrupted are taken up again. */
export function useUploads(): readonly Upload[] {
  const queries = useQueryClient();
  const { user_id: ownerId } = useSession();
  useEffect(() => {
    uploads.onTaken = () => queries.invalidateQueries({ queryKey: ['results'] });
    // A browser that keeps nothing, as some do in private windows, has nothing to go on with.
    if (ownerId) uploads.restore(ownerId).catch(() => {});
  }, [queries, ownerId]);
  return useSyncExternalStore(uploads.subscribe, uploads.shown);
}

/** Begin to upload what somebody brings. */
export function useBring() {
  const { user_id: ownerId } = useSession();
  return useMutation({
    mutationFn: async (brought: Brought[]) => {
      if (!ownerId) throw new Error('Nobody is signed in.');
      for (const one of brought) await uploads.add(one, ownerId);
    },
  });
}
