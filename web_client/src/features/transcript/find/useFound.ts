import { useEffect, useMemo, useState } from 'react';
import { seek } from '@/components/player/sound';
import { mark, placeIn, rangeIn } from '@/components/reading/marks';
import type { Paragraph } from '@/components/reading/paragraphs';
import { wordOf } from '@/components/reading/words';
import type { Word } from '../queries';
import { fold, placesIn } from './folding';

interface Hit {
  /** The index of the paragraph, as the page names it. */
  paragraph: number;
  from: number;
  until: number;
}

/** More marks than anybody looks at. */
const MOST_MARKED = 2000;

/** What is found in the text that is read, marked where it stands, and which of it is at hand. */
export function useFound(
  paragraphs: readonly Paragraph[],
  words: readonly Word[],
  sound: HTMLMediaElement | null,
  typed: string,
) {
  const folded = useMemo(
    () =>
      paragraphs.map(({ index, pieces }) => ({
        index,
        text: fold(pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('')),
      })),
    [paragraphs],
  );
  const hits = useMemo(() => {
    const sought = fold(typed.trim()).text;
    return folded.flatMap(({ index, text }): Hit[] =>
      placesIn(text, sought).map((place) => ({ paragraph: index, ...place })),
    );
  }, [folded, typed]);
  const [at, setAt] = useState(0);

  useEffect(() => mark('found', hits.slice(0, MOST_MARKED).flatMap(rangesOf)), [hits]);
  useEffect(() => {
    const hit = hits[at];
    if (!hit) return;
    blockOf(hit)?.scrollIntoView({ block: 'center', behavior: 'instant' });
    return mark('found-here', rangesOf(hit));
  }, [hits, at]);

  /** Go so many hits further on, round the ends, and have the player stand there unless it plays. */
  const step = (by: number) => {
    if (hits.length === 0) return;
    const next = (at + by + hits.length) % hits.length;
    setAt(next);
    const word = words[wordAt(hits[next]) ?? -1];
    if (sound?.paused && word) seek(sound, word.start_ms);
  };
  return { count: hits.length, at: Math.min(at, hits.length - 1), step, restart: () => setAt(0) };
}

function blockOf({ paragraph }: Hit): HTMLElement | null {
  return document.querySelector(`[data-paragraph="${paragraph}"]`);
}

function rangesOf(hit: Hit): StaticRange[] {
  const block = blockOf(hit);
  const range = block && rangeIn(block, hit.from, hit.until);
  return range ? [range] : [];
}

/** The index of the word in which a hit ends its first letter. */
function wordAt(hit: Hit | undefined): number | null {
  const block = hit && blockOf(hit);
  return block ? wordOf(placeIn(block, hit.from + 1)?.node.parentElement ?? null) : null;
}
