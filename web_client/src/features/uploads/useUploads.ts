import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useSession } from '@/api/session';
import type { Upload, Uploads } from './queue';
import type { Brought } from './sending';

const NONE: readonly Upload[] = [];

/** The uploads under way; those that a reload interrupted are taken up again. */
export function useUploads(): readonly Upload[] {
  const queries = useQueryClient();
  const { user_id: ownerId } = useSession();
  const [uploads, setUploads] = useState<Uploads | null>(null);
  useEffect(() => {
    const begin = async () => {
      const depot = await import('./depot');
      depot.uploads.onTaken = () => queries.invalidateQueries({ queryKey: ['results'] });
      setUploads(depot.uploads);
      if (ownerId) await depot.uploads.restore(ownerId);
    };
    // A browser that keeps nothing, as some do in private windows, has nothing to go on with.
    begin().catch(() => {});
  }, [queries, ownerId]);
  return useSyncExternalStore(uploads?.subscribe ?? neverTold, () => uploads?.shown() ?? NONE);
}

/** Begin to upload what somebody brings. */
export function useBring() {
  const { user_id: ownerId } = useSession();
  return useMutation({
    mutationFn: async (brought: Brought[]) => {
      if (!ownerId) throw new Error('Nobody is signed in.');
      const { uploads } = await import('./depot');
      for (const one of brought) await uploads.add(one, ownerId);
    },
  });
}

function neverTold(): () => void {
  return () => {};
}
