import { type RefObject, useCallback, useEffect, useEffectEvent, useRef } from 'react';
import { positionOf } from '@/components/player/sound';
import { useMoments } from '@/components/player/useMoments';
import { mark, rangeIn } from '@/components/reading/marks';
import { useFollow } from '@/components/reading/useFollow';
import type { Draft } from './Draft';
import { lineAt } from './line/acts';
import { boxOf } from './line/caret';
import type { Reach } from './line/Lines';
import { placesOf } from './text/lines';

/** A word stays lit through a pause as short as this. */
const BRIDGED_MS = 300;

interface Spoken {
  following: boolean;
  follow: () => void;
  /** Light it in what has come into the page. */
  light: () => void;
}

/** Lights the word that is spoken, and keeps its line in sight while nobody writes. */
export function useSpoken(
  draft: Draft,
  sound: HTMLMediaElement | null,
  list: RefObject<HTMLElement | null>,
  reach: Reach,
): Spoken {
  const { following, follow, reveal } = useFollow(sound);
  const lit = useRef({ line: '', from: -1, clear: () => {} });

  const rowOf = (key: string) => list.current?.querySelector<HTMLElement>(`[data-line="${key}"]`) ?? null;
  const followed = (key: string) => {
    if (!following) return;
    const row = rowOf(key) ?? reach(key)?.closest<HTMLElement>('[data-line]');
    if (row) reveal(row, sound?.closest('section') ?? null);
  };
  const show = (ms: number) => {
    const key = lineAt(draft, ms) ?? '';
    const line = draft.line(key);
    const place = line && placesOf(line).findLast(({ word }) => word.start_ms <= ms);
    const from = place && ms < place.word.end_ms + BRIDGED_MS ? place.from : -1;
    if (key === lit.current.line && from === lit.current.from) return;
    if (key !== lit.current.line) {
      for (const before of list.current?.querySelectorAll('[data-now]') ?? [])
        before.removeAttribute('data-now');
      const isWriting = list.current?.contains(document.activeElement);
      if (sound && !sound.paused && !isWriting) followed(key);
    }
    rowOf(key)?.setAttribute('data-now', '');
    lit.current.clear();
    const box = boxOf(list.current, key);
    const range = box && place && from >= 0 ? rangeIn(box, from, place.until) : null;
    lit.current = { line: key, from, clear: mark('spoken', range ? [range] : []) };
  };
  useMoments(sound, show);

  const showAnew = useEffectEvent(() => {
    lit.current.from = -2;
    if (sound) show(positionOf(sound));
  });
  // What is written has moved the words, and what is drawn anew is not lit.
  useEffect(() => draft.subscribe(() => showAnew()), [draft]);
  useEffect(() => () => lit.current.clear(), []);
  const light = useCallback(() => showAnew(), []);
  return { following, follow, light };
}
