import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { playFrom, positionOf, seek } from '../player/sound';
import { useMoments } from '../player/useMoments';
import { useFollow } from './useFollow';
import { type Timed, WordTimes } from './WordTimes';
import { light, reach, wordOf } from './words';

/**
 * Binds a text to its sound: words, or whatever it is divided into, are lit as they are spoken, and played when they
 * are chosen. It begins at a time, where one is given.
 */
export function useReading(
  words: readonly Timed[],
  sound: HTMLMediaElement | null,
  direction: 'ltr' | 'rtl',
  at: number | null = null,
) {
  const [text, setText] = useState<HTMLElement | null>(null);
  const times = useMemo(() => new WordTimes(words), [words]);
  const lit = useRef<number | null>(null);
  const { following, follow, reveal } = useFollow(sound);

  const show = (ms: number) => {
    const now = times.at(ms);
    if (!text || now === lit.current) return;
    lit.current = now;
    const word = light(text, now);
    if (word && sound && !sound.paused) reveal(word, sound.closest('section'));
  };
  useMoments(sound, show);
  const showAnew = useEffectEvent(() => {
    lit.current = null;
    if (sound) show(positionOf(sound));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, or the same ones drawn anew, are not lit yet
  useEffect(() => showAnew(), [text, times]);

  const choose = useEffectEvent((index: number) => {
    const word = words[index];
    if (!word || !sound) return;
    follow();
    playFrom(sound, word.start_ms);
  });

  useEffect(() => {
    if (!text) return;
    const click = ({ target }: MouseEvent) => {
      const index = wordOf(target);
      // Whoever marks a stretch of text wants to copy it, not to hear it.
      if (index === null || window.getSelection()?.isCollapsed === false) return;
      reach(text, index);
      choose(index);
    };
    const press = (event: KeyboardEvent) => {
      const index = wordOf(event.target);
      if (index === null || event.key !== 'Enter') return;
      event.preventDefault();
      choose(index);
    };
    text.addEventListener('click', click);
    text.addEventListener('keydown', press);
    return () => {
      text.removeEventListener('click', click);
      text.removeEventListener('keydown', press);
    };
  }, [text]);

  useEffect(() => {
    if (text && words.length > 0 && !text.querySelector('[data-word][tabindex]')) reach(text, 0);
  }, [text, words]);

  /** Go to the next word or the one before, in the direction in which the text is read. */
  const step = (by: number) => {
    if (!text || !sound || words.length === 0) return;
    const chosen = wordOf(document.activeElement);
    const onward = direction === 'rtl' ? -by : by;
    const from = chosen ?? times.atOrBefore(positionOf(sound)) ?? -1;
    const next = Math.min(Math.max(0, from + onward), words.length - 1);
    const word = reach(text, next);
    word?.focus({ preventScroll: true });
    follow();
    if (word) reveal(word, sound.closest('section'));
    seek(sound, words[next]?.start_ms ?? 0);
  };

  /** Stand at a time without playing, with the word there lit and in sight. */
  const arrive = useEffectEvent((ms: number) => {
    if (!text) return;
    if (sound) seek(sound, ms);
    lit.current = times.atOrBefore(ms);
    light(text, lit.current)?.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
  const arrived = useRef<number | null>(null);
  useEffect(() => {
    if (!text || at === null || at === arrived.current) return;
    arrived.current = at;
    arrive(at);
  }, [text, at]);

  return { text: setText, step, following, follow };
}
