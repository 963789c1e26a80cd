import { type RefObject, useEffect } from 'react';
import type { Reading } from './reading';

/** Keys: on with Enter, down or forward; anew with up or back; pause and go on with the space bar. */
export function useKeys(
  reading: Reading,
  direction: 'ltr' | 'rtl',
  main: RefObject<HTMLButtonElement | null>,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = actionOf(event.key, direction);
      if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
      if (!isOurs(event, main.current)) return;
      event.preventDefault();
      if (!event.repeat) act(reading);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [reading, direction, main]);
}

type Act = (reading: Reading) => void;

/** What a key does, where a text is read in a direction. */
export function actionOf(key: string, direction: 'ltr' | 'rtl'): Act | null {
  const [forward, back] = direction === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
  if (key === ' ')
    return (reading) => (reading.shown().phase === 'paused' ? reading.resume() : reading.pause());
  if (key === 'Enter' || key === 'ArrowDown' || key === forward) return goOn;
  return key === 'ArrowUp' || key === back ? (reading) => reading.again() : null;
}

function goOn(reading: Reading): void {
  if (reading.shown().phase !== 'paused') reading.next();
  else if (reading.isWhole) reading.ask();
  else reading.resume();
}

/** Keys belong to whatever has the focus and can use them; the main button would do the same. */
function isOurs({ target, key, defaultPrevented }: KeyboardEvent, main: HTMLElement | null): boolean {
  if (defaultPrevented || !(target instanceof HTMLElement)) return false;
  if (target.closest('dialog, input, select, textarea, audio, [role="menu"]')) return false;
  const control = target.closest('button, a');
  return control === null || control === main || key.startsWith('Arrow');
}
