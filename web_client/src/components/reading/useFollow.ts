import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';

const SCROLLING_KEYS = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']);
const MARGIN = 16;
/** How much of the window's height, from its top, a word may be in before the page moves on. */
const LOW = 0.7;
/** Where in between it is put then. */
const PLACE = 0.2;

/** Keeps the spoken word in sight, until the reader scrolls while it plays: then the page is theirs. */
export function useFollow(sound: HTMLMediaElement | null) {
  const [following, setFollowing] = useState(true);
  // Asked at each word, between two renderings.
  const followed = useRef(true);
  const change = useCallback((now: boolean) => {
    followed.current = now;
    setFollowing(now);
  }, []);
  const follow = useCallback(() => change(true), [change]);

  const scrolled = useEffectEvent(() => {
    if (sound && !sound.paused) change(false);
  });
  useEffect(() => {
    const stop = () => scrolled();
    const stopByKey = ({ key, target }: KeyboardEvent) => {
      const slides = target instanceof Element && target.closest('[role="slider"], [role="menu"], select');
      if (SCROLLING_KEYS.has(key) && !slides) stop();
    };
    const stopByBar = ({ target }: PointerEvent) => {
      if (target === document.documentElement) stop();
    };
    window.addEventListener('wheel', stop, { passive: true });
    window.addEventListener('touchmove', stop, { passive: true });
    window.addEventListener('keydown', stopByKey);
    window.addEventListener('pointerdown', stopByBar);
    return () => {
      window.removeEventListener('wheel', stop);
      window.removeEventListener('touchmove', stop);
      window.removeEventListener('keydown', stopByKey);
      window.removeEventListener('pointerdown', stopByBar);
    };
  }, []);

  return {
    following,
    follow,
    /** Bring a word into sight below what covers the top of the page, if the reader has not scrolled. */
    reveal: (word: HTMLElement, cover: Element | null) => {
      if (followed.current) bringIntoSight(word, cover);
    },
  };
}

function bringIntoSight(word: HTMLElement, cover: Element | null): void {
  const place = word.getBoundingClientRect();
  const { top, bottom } = place;
  const highest = Math.max(0, cover ? coveredBy(cover.getBoundingClientRect(), place) : 0) + MARGIN;
  const lowest = window.innerHeight * LOW;
  if (top >= highest && bottom <= lowest) return;
  const wished = highest + Math.max(0, lowest - highest) * PLACE;
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  window.scrollBy({ top: top - wished, behavior: still ? 'instant' : 'smooth' });
}

/** How far down something covers the column that a word is in; what stands beside it covers nothing. */
function coveredBy(cover: DOMRect, word: DOMRect): number {
  return cover.left < word.right && cover.right > word.left ? cover.bottom : 0;
}
