import { useEffect, useRef, useState } from 'react';
import { type Claim, claim } from '@/lib/claim';
import { Capture } from './capture';
import { type Fault, faultOf } from './faults';
import { openMicrophone, recordingType } from './microphone';
import { type Recording, Tape } from './tape';

export type Phase = 'idle' | 'asking' | 'recording' | 'paused' | 'ending';

/** A recording that has ended, held by this page. */
export interface Ended {
  recording: Recording;
  claim: Claim;
  /** It ended just now, before the eyes of whoever made it. */
  isFresh: boolean;
}

/** Under which name a page says that a recording is its own. */
export function claimName(session: string): string {
  return `lectern-recording-${session}`;
}

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

async function begin(stream: MediaStream, ownerId: string): Promise<{ capture: Capture; ended: Ended }> {
  try {
    const recording = {
      session: crypto.randomUUID(),
      ownerId,
      contentType: recordingType(),
      startedAt: Date.now(),
    };
    const held = await claim(claimName(recording.session));
    if (!held) throw new Error('A new name can be nobody’s yet.');
    const tape = await Tape.begin(recording);
    return { capture: new Capture(stream, tape), ended: { recording, claim: held, isFresh: true } };
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    throw error;
  }
}
