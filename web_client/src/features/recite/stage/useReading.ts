import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type Fault, faultOf } from '@/lib/sound/faults';
import { outbox } from '../queue/page';
import { type Performance, perform, type Text } from './begin';
import type { Reading } from './reading';

/** The reading that is under way on this page. */
export function useReading() {
  const [performance, setPerformance] = useState<Performance | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const running = useRef<Performance | null>(null);

  const isGone = useRef(false);

  // Who leaves the page all the same finds the recital when they come back.
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      void running.current?.reading.leave();
    };
  }, []);

  const start = async (recitalId: string, stream: MediaStream, text: Text) => {
    setFault(null);
    try {
      const begun = await perform(recitalId, stream, text);
      running.current = begun;
      setPerformance(begun);
      if (isGone.current) await begun.reading.leave();
      const ended = await begun.reading.ended;
      if (ended) outbox.turn(recitalId, 'left');
      setFault(ended);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      outbox.turn(recitalId, 'left');
      setFault(faultOf(error));
    } finally {
      running.current = null;
      setPerformance(null);
    }
  };

  return { performance, fault, start };
}

/** Which sentence is being read; null where none is. */
export function useSentence(reading: Reading | null): number | null {
  return useSyncExternalStore(reading?.subscribe ?? neverTold, () => reading?.shown().sentence ?? null);
}

function neverTold(): () => void {
  return () => {};
}
