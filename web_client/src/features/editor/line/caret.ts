/** The caret in the lines of the page, which are texts of their own to a browser. */
import { placeIn } from '@/components/reading/marks';

/** Lines are edited as what they are, plain text; browsers that don't know that wish are kept from more than text. */
export const EDITABLE: 'plaintext-only' | 'true' = (() => {
  const probe = document.createElement('div');
  probe.setAttribute('contenteditable', 'plaintext-only');
  return probe.contentEditable === 'plaintext-only' ? 'plaintext-only' : 'true';
})();

/** The text of a line in the page that something is in. */
export function textBoxOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-text]') : null;
}

export function keyOf(box: HTMLElement): string {
  return box.dataset.text ?? '';
}

export function boxOf(list: Element | null, key: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-text="${key}"]`) ?? null;
}

/** How many characters stand before the selection, and before its end; null where it is elsewhere. */
export function caretIn(box: HTMLElement): { from: number; until: number } | null {
  const selection = getSelection();
  if (!selection?.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(box);
  before.setEnd(range.startContainer, range.startOffset);
  const from = before.toString().length;
  return { from, until: from + range.toString().length };
}

/** Put the caret before a character of a line, or mark up to another one. */
export function placeCaret(box: HTMLElement, from: number, until = from): void {
  box.focus({ preventScroll: true });
  const length = box.textContent?.length ?? 0;
  const [start, end] = [placeIn(box, Math.min(from, length)), placeIn(box, Math.min(until, length))];
  if (start && end) getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
  else getSelection()?.setPosition(box, 0);
}

/** Whether the caret is in the uppermost row of a line, or in the lowest. */
export function isAtEdge(box: HTMLElement, edge: 'top' | 'bottom'): boolean {
  const selection = getSelection();
  if (!selection?.rangeCount || !selection.isCollapsed) return false;
  const caret = selection.getRangeAt(0).getClientRects()[0];
  if (!caret) return true; // an empty line
  const { top, bottom } = box.getBoundingClientRect();
  return edge === 'top' ? caret.top - top < caret.height : bottom - caret.bottom < caret.height;
}

/** Whether the box reads from right to left, as its text has it. */
export function isRightToLeft(box: HTMLElement): boolean {
  return getComputedStyle(box).direction === 'rtl';
}
