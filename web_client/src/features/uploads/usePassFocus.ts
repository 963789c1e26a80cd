import { type RefObject, useLayoutEffect } from 'react';

/** Passes the focus on to the row's neighbour, or to the page, when the row goes that has it. */
export function usePassFocus(row: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const held = row.current;
    return () => {
      if (!held?.contains(document.activeElement)) return;
      const beside = held.nextElementSibling ?? held.previousElementSibling;
      const next = beside?.querySelector<HTMLElement>('button, a') ?? held.closest<HTMLElement>('main');
      // Later, since a dialog of the row gives the focus back to it first.
      setTimeout(() => next?.focus({ preventScroll: true }));
    };
  }, [row]);
}
