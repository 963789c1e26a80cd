import { useEffect, useEffectEvent } from 'react';

/**
 * The key that people look for something with, anywhere on the page; within a field it is the browser's own. What is
 * typed next is to find its field, so `prepare` is called at the first of the two keys.
 */
export function useFindKey(isOn: boolean, prepare: () => void, onFind: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Control' || event.key === 'Meta') prepare();
    const { code, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    if (code !== 'KeyF' || !(ctrlKey || metaKey) || altKey || shiftKey || event.defaultPrevented) return;
    if (target instanceof Element && target.closest('input, textarea, select, dialog')) return;
    event.preventDefault();
    onFind();
  });
  useEffect(() => {
    if (!isOn) return;
    const hear = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [isOn]);
}
