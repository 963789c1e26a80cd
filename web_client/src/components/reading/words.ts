/** The words of a text, as they stand in the page: what changes with each of them does not go through React. */

export function wordIn(text: Element, index: number): HTMLElement | null {
  return text.querySelector<HTMLElement>(`[data-word="${index}"]`);
}

/** The index of the word that something is, or is in. */
export function wordOf(target: EventTarget | null): number | null {
  const word = target instanceof Element ? target.closest<HTMLElement>('[data-word]') : null;
  return word ? Number(word.dataset.word) : null;
}

/** Light a word, and no other. */
export function light(text: Element, index: number | null): HTMLElement | null {
  const word = index === null ? null : wordIn(text, index);
  for (const lit of text.querySelectorAll('[data-lit]')) {
    if (lit !== word) lit.removeAttribute('data-lit');
  }
  word?.setAttribute('data-lit', '');
  return word;
}

/** Make a word the one that Tab leads to; the thousands beside it are reached from there. */
export function reach(text: Element, index: number): HTMLElement | null {
  const word = wordIn(text, index);
  for (const before of text.querySelectorAll('[data-word][tabindex]')) {
    before.removeAttribute('tabindex');
    before.removeAttribute('role');
  }
  word?.setAttribute('tabindex', '0');
  word?.setAttribute('role', 'button');
  return word;
}
