import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Document } from '@/api/documents';
import { useSession } from '@/api/session';
import { begin } from './stage/begin';

interface Wish {
  document: Document;
  from: number;
  stream: MediaStream;
}

/** Begin a recital; asked again after an answer that was lost, it is the same one. */
export function useBeginning(onBegun: (id: string, stream: MediaStream) => void) {
  const { user_id: ownerId } = useSession();
  const key = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: async ({ document, from }: Wish) => {
      if (!ownerId) throw new Error('Nobody is signed in.');
      return begin(document, from, { ownerId, key: key.current });
    },
    meta: { shownInPlace: true },
    onSuccess: ({ id }, { stream }) => {
      key.current = crypto.randomUUID();
      onBegun(id, stream);
    },
    onError: (_error, { stream }) => {
      for (const track of stream.getTracks()) track.stop();
    },
  });
}
