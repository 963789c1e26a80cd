import { useEffect, useRef, useState } from 'react';
import { type Fault, faultOf } from '@/lib/sound/faults';
import { openMicrophone } from '@/lib/sound/microphone';
import type { Capture } from './capture';
import type { Ended } from './ended';

export type Phase = 'idle' | 'asking' | 'recording' | 'paused' | 'ending';

/** Records, one at a time; `onEnded` gets each recording, however it came to its end. */
export function useRecorder(ownerId: string, onEnded: (ended: Ended) => void) {
  const [phase, setPhase] = useState<Phase>('idle');
  const [fault, setFault] = useState<Fault | null>(null);
  const [capture, setCapture] = useState<Capture | null>(null);
  const running = useRef<Capture | null>(null);

  // Who leaves the page all the same finds the recording when they come back.
  useEffect(() => () => running.current?.stop(), []);

  const start = async () => {
    setPhase('asking');
    setFault(null);
    try {
      const { begin } = await import('./studio');
      const stream = await openMicrophone();
      const { capture: begun, ended } = await begin(stream, ownerId);
      running.current = begun;
      setCapture(begun);
      setPhase('recording');
      void navigator.storage?.persist?.();
      setFault(await begun.ended);
      onEnded(ended);
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      running.current = null;
      setCapture(null);
      setPhase('idle');
    }
  };

  return {
    phase,
    fault,
    capture,
    start,
    pause: () => {
      capture?.pause();
      setPhase('paused');
    },
    resume: () => {
      capture?.resume();
      setPhase('recording');
    },
    stop: () => {
      setPhase('ending');
      capture?.stop();
    },
  };
}
