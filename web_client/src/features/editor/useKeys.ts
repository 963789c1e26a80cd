import { useEffect, useEffectEvent } from 'react';

export interface Acts {
  undo: () => void;
  redo: () => void;
  save: () => void;
  find: () => void;
  togglePlay: () => void;
  playFromCaret: () => void;
  nextUnsure: () => void;
  beforeUnsure: () => void;
}

/** Fields and dialogs have an undoing of their own. */
const OTHER_FIELDS = 'input, textarea, select, dialog';

/** The keys of the editor, wherever on the page the focus is. */
export function useKeys(acts: Acts): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('dialog')) return;
    const name = actOf(event);
    if (!name) return;
    if ((name === 'undo' || name === 'redo') && target?.closest(OTHER_FIELDS)) return;
    event.preventDefault();
    acts[name]();
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

function actOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): keyof Acts | null {
  if (altKey) {
    if (ctrlKey || metaKey || shiftKey) return null;
    return key === 'ArrowDown' ? 'nextUnsure' : key === 'ArrowUp' ? 'beforeUnsure' : null;
  }
  if (code === 'Space') return ctrlKey && !shiftKey ? 'togglePlay' : null;
  if (!ctrlKey && !metaKey) return null;
  if (key === 'Enter') return shiftKey ? null : 'playFromCaret';
  // By its place where the layout has other letters there, Hebrew ones say.
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, '').toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  if (shiftKey) return null;
  const letters: Record<string, keyof Acts> = { y: 'redo', s: 'save', f: 'find', h: 'find' };
  return letters[letter] ?? null;
}
