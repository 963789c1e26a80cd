import { useEffect, useState } from 'react';
import type { Meter, Reading } from '../sound/meter';
import { adviseOn, type Verdict } from '../sound/quality';

/** As many readings as four seconds have, and how many pass before another look is taken. */
const READINGS = 80;
const BETWEEN = 10;

export type Advice = Exclude<Verdict, 'fast'>;

/** What is to be said of the sound of the last seconds. */
export function useAdvice(meter: Meter): Advice {
  const [advice, setAdvice] = useState<Advice>('nothing');
  useEffect(() => {
    let heard: Reading[] = [];
    let count = 0;
    return meter.subscribe((reading) => {
      heard = [...heard, reading].slice(-READINGS);
      count += 1;
      if (count % BETWEEN === 0) setAdvice(adviseOn(heard));
    });
  }, [meter]);
  return advice;
}
