import { useEffect, useRef, useState } from 'react';
import type { Unsent } from './queue/outbox';

/** Whether a recital that was to be kept has just gone to the service, all of it. */
export function useSent(unsent: Unsent | null): [boolean, (isSent: boolean) => void] {
  const [isSent, setSent] = useState(false);
  const before = useRef(unsent);
  useEffect(() => {
    const ending = before.current?.recital.ending ?? null;
    const isRefused = before.current?.error != null;
    if (!unsent && ending && ending !== 'discard' && !isRefused) setSent(true);
    before.current = unsent;
  }, [unsent]);
  return [isSent, setSent];
}
