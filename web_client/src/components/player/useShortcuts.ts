import { useEffect, useEffectEvent } from 'react';
import { seek, skip, toggle } from './sound';

export const STEP_MS = 5000;

/** Where keys mean something else: fields, lists, dialogs. */
const ELSEWHERE = 'input, select, textarea, [contenteditable], [role="menu"], dialog';
/** What the space bar presses. */
const PRESSED = 'button, a, summary';

/** The keys of the player, wherever on the page the focus is. */
export function useShortcuts(sound: HTMLMediaElement | null, onStep: (by: number) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!sound || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target?.closest(ELSEWHERE) || (event.key === ' ' && target?.closest(PRESSED))) return;
    if (act(sound, event, onStep)) event.preventDefault();
  });

  useEffect(() => {
    const hear = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

function act(
  sound: HTMLMediaElement,
  { key, shiftKey }: KeyboardEvent,
  onStep: (by: number) => void,
): boolean {
  const direction = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (direction !== 0 && shiftKey) onStep(direction);
  else if (direction !== 0) skip(sound, direction * STEP_MS);
  else if (shiftKey) return false;
  else if (key === ' ') toggle(sound);
  else if (key === 'Home') seek(sound, 0);
  else if (key === 'End') seek(sound, Number.POSITIVE_INFINITY);
  else return false;
  return true;
}
