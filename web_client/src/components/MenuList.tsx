import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';

const EDGE = 8;
const GAP = 6;

interface MenuListProps {
  id: string;
  trigger: RefObject<HTMLElement | null>;
  /** Back to the button. */
  onClose: () => void;
  /** The focus or the pointer has gone elsewhere, and stays there. */
  onLeave: () => void;
  children: ReactNode;
}

/** What a menu's button opens: keys move within it, and whatever happens outside closes it. */
export function MenuList({ id, trigger, onClose, onLeave, children }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ top: number; left: number }>({ top: 0, left: 0 });

  useLayoutEffect(() => {
    if (!list.current || !trigger.current) return;
    setPlace(placeOf(trigger.current.getBoundingClientRect(), list.current));
    itemsOf(list.current).at(0)?.focus({ preventScroll: true });
  }, [trigger]);

  useEffect(() => {
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !trigger.current?.contains(target)) onLeave();
    };
    const events = ['pointerdown', 'focusin', 'scroll', 'resize'] as const;
    for (const event of events) window.addEventListener(event, outside, true);
    return () => {
      for (const event of events) window.removeEventListener(event, outside, true);
    };
  }, [trigger, onLeave]);

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Tab') return onClose();
    const next = nextItem(itemsOf(event.currentTarget), event.key);
    if (event.key !== 'Escape' && !next) return;
    event.preventDefault();
    event.stopPropagation();
    if (next) next.focus();
    else onClose();
  };

  return createPortal(
    <div
      ref={list}
      id={id}
      role="menu"
      tabIndex={-1}
      aria-labelledby={`${id}-button`}
      onKeyDown={press}
      style={place}
      className="fixed z-50 max-h-[calc(100dvh-1rem)] min-w-48 max-w-[calc(100vw-1rem)] animate-appear overflow-y-auto rounded-xl border border-line bg-surface p-1.5 shadow-float"
    >
      {children}
    </div>,
    // Out of lists that scroll or move, and still within the part of the page that it belongs to.
    trigger.current?.closest('header, main') ?? document.body,
  );
}

function itemsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
}

/** Where a key leads: up and down, round the ends, or to the next item that begins with a letter. */
function nextItem(items: HTMLElement[], key: string): HTMLElement | undefined {
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const letter = key.toLocaleLowerCase();
  const round = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return round.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(letter));
}

/** Below the button and in line with its end; above it, or shifted, where the window is too small. */
function placeOf(button: DOMRect, list: HTMLElement): { top: number; left: number } {
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = button.bottom + GAP;
  const fits = below + height + EDGE <= window.innerHeight;
  const top = fits ? below : Math.max(EDGE, button.top - GAP - height);
  const wished = document.documentElement.dir === 'rtl' ? button.left : button.right - width;
  return { top, left: Math.max(EDGE, Math.min(wished, window.innerWidth - width - EDGE)) };
}
