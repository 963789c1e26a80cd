import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { mark, rangeIn } from '@/components/reading/marks';
import type { Draft } from '../Draft';
import { caretIn, keyOf, textBoxOf } from '../line/caret';
import type { Reach } from '../line/Lines';
import type { Sought } from '../text/replacing';
import { type Hit, hitsOf, nearest } from './hits';

/** Where the caret is as one begins to look. */
function hereNow(): Hit | null {
  const box = textBoxOf(document.activeElement);
  const caret = box && caretIn(box);
  return box && caret ? { key: keyOf(box), ...caret } : null;
}

/** What is found in the draft, and which of it is at hand. */
export function useHits(draft: Draft, reach: Reach, sought: Sought) {
  const lines = useSyncExternalStore(draft.subscribe, () => draft.lines);
  const { find, match_case, whole_words } = sought;
  const hits = useMemo(
    () => hitsOf(lines, { find, match_case, whole_words }),
    [lines, find, match_case, whole_words],
  );
  const [last, setLast] = useState<Hit | null>(hereNow);
  const at = useMemo(
    () => nearest(hits, new Map(lines.map(({ key }, place) => [key, place])), last),
    [hits, lines, last],
  );

  const here = hits[at];
  useEffect(() => {
    if (!here) return;
    let clear = () => {};
    // Later: what is being drawn now can't be asked to draw something else.
    const timer = setTimeout(() => {
      const box = reach(here.key);
      const range = box && rangeIn(box, here.from, here.until);
      if (!box || !range) return;
      clear = mark('found-here', [range]);
      box.scrollIntoView({ block: 'center', behavior: 'instant' });
    });
    return () => {
      clearTimeout(timer);
      clear();
    };
  }, [here, reach]);

  /** Go so many hits further on, round the ends. */
  const step = (by: number) => {
    const next = hits.at((at + by) % hits.length);
    if (next) setLast(next);
  };
  return { hits, at, step };
}
