import { type RefObject, useEffect, useEffectEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Draft } from '../Draft';
import { joinWithBefore, joinWithNext, neighbour, removeLine, type Spot, splitAt } from './acts';
import { boxOf, caretIn, isAtEdge, isRightToLeft, keyOf, placeCaret, textBoxOf } from './caret';

/** What the service takes of one segment. */
export const LONGEST = 5000;

interface Typing {
  draft: Draft;
  list: RefObject<HTMLElement | null>;
  onUndo: () => void;
  onRedo: () => void;
  onTooLong: () => void;
}

/** Hears what is typed into the lines of a list. */
export function useTyping({ draft, list, onUndo, onRedo, onTooLong }: Typing): void {
  const input = useEffectEvent(({ target }: Event) => {
    const box = textBoxOf(target);
    if (!box) return;
    const text = box.textContent ?? '';
    if (text.length > LONGEST) {
      box.textContent = draft.line(keyOf(box))?.text ?? '';
      onTooLong();
    } else if (text.trim() !== '') draft.type(keyOf(box), text); // what stays empty is taken out on leaving it
  });
  const beforeInput = useEffectEvent((event: InputEvent) => {
    if (!textBoxOf(event.target) || !event.inputType.startsWith('history')) return;
    event.preventDefault(); // the browser knows of typing in one line alone
    if (event.inputType === 'historyUndo') onUndo();
    else onRedo();
  });
  const leave = useEffectEvent(({ target }: FocusEvent) => {
    const box = textBoxOf(target);
    const line = box && draft.line(keyOf(box));
    if (!box || !line) return;
    if ((box.textContent ?? '').trim() === '') removeLine(draft, line.key);
    else if (box.textContent !== line.text) box.textContent = line.text;
  });
  const press = useEffectEvent((event: KeyboardEvent) => {
    const box = textBoxOf(event.target);
    if (!box || event.isComposing || event.defaultPrevented) return;
    let spot: Spot | null | undefined;
    flushSync(() => {
      spot = spotOf(draft, box, event);
    });
    if (spot === undefined) return;
    event.preventDefault();
    const there = spot && boxOf(list.current, spot.key);
    if (spot && there) placeCaret(there, spot.from, spot.until);
  });

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const heard = {
      input: (event: Event) => input(event),
      beforeinput: (event: Event) => beforeInput(event as InputEvent),
      focusout: (event: Event) => leave(event as FocusEvent),
      keydown: (event: Event) => press(event as KeyboardEvent),
      paste: pastePlain,
    };
    for (const [name, hear] of Object.entries(heard)) element.addEventListener(name, hear);
    return () => {
      for (const [name, hear] of Object.entries(heard)) element.removeEventListener(name, hear);
    };
  }, [list]);
}

/** A line is a paragraph, and says no more than its words. */
function pastePlain(event: Event): void {
  if (!textBoxOf(event.target)) return;
  event.preventDefault();
  const text = (event as ClipboardEvent).clipboardData?.getData('text/plain') ?? '';
  document.execCommand('insertText', false, text.replace(/\s*[\r\n]+\s*/g, ' '));
}

/** Where a key leads: undefined where it is the browser's, null where nothing is to be done. */
function spotOf(draft: Draft, box: HTMLElement, event: KeyboardEvent): Spot | null | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return undefined;
  const key = keyOf(box);
  const caret = caretIn(box);
  if (!caret) return undefined;
  const text = box.textContent ?? '';
  const isMarked = caret.from !== caret.until;
  const isAtStart = !isMarked && caret.from === 0;
  const isAtEnd = !isMarked && caret.from >= text.trimEnd().length;
  switch (event.key) {
    case 'Enter':
      return splitAt(draft, key, caret.from);
    case 'Backspace':
      if (!isAtStart) return undefined;
      return text.trim() === '' ? removeLine(draft, key) : joinWithBefore(draft, key);
    case 'Delete':
      return isAtEnd ? joinWithNext(draft, key) : undefined;
    default:
      return neighbouring(draft, box, event.key, { isAtStart, isAtEnd });
  }
}

/** Arrows go from line to line as if they were one text. */
function neighbouring(
  draft: Draft,
  box: HTMLElement,
  pressed: string,
  { isAtStart, isAtEnd }: { isAtStart: boolean; isAtEnd: boolean },
): Spot | undefined {
  const [back, on] = isRightToLeft(box) ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
  const goesBack = (pressed === back && isAtStart) || (pressed === 'ArrowUp' && isAtEdge(box, 'top'));
  const goesOn = (pressed === on && isAtEnd) || (pressed === 'ArrowDown' && isAtEdge(box, 'bottom'));
  if (!goesBack && !goesOn) return undefined;
  const key = neighbour(draft, keyOf(box), goesBack ? -1 : 1);
  if (key === undefined) return undefined;
  return { key, from: goesBack ? (draft.line(key)?.text.length ?? 0) : 0 };
}
