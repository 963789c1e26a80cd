import { flushSync } from 'react-dom';
import { playFrom, positionOf, seek, toggle } from '@/components/player/sound';
import { UNSURE } from '@/components/reading/confidence';
import type { Draft } from './Draft';
import { lineAt } from './line/acts';
import { caretIn, keyOf, placeCaret, textBoxOf } from './line/caret';
import type { Reach } from './line/Lines';
import type { Saver } from './saving/Saver';
import type { Step } from './text/history';
import { placesOf } from './text/lines';
import type { Acts } from './useKeys';

interface Around {
  draft: Draft;
  saver: Saver;
  sound: HTMLMediaElement | null;
  reach: Reach;
}

/** What can be done in the editor by keys and by the buttons of its bar, apart from looking for something. */
export function actsOf({ draft, saver, sound, reach }: Around): Omit<Acts, 'find'> {
  const go = (way: () => Step | undefined) => {
    let step: Step | undefined;
    flushSync(() => {
      step = way();
    });
    const found = step as Step | undefined;
    if (found?.key) show(reach, found.key, draft.line(found.key)?.text.length ?? 0);
  };
  return {
    undo: () => go(() => draft.undo()),
    redo: () => go(() => draft.redo()),
    save: () => saver.now(),
    togglePlay: () => sound && toggle(sound),
    playFromCaret: () => {
      const box = textBoxOf(document.activeElement);
      const line = box && draft.line(keyOf(box));
      if (!sound || !box || !line) return;
      const at = caretIn(box)?.from ?? 0;
      const word = placesOf(line).findLast(({ from }) => from <= at)?.word;
      playFrom(sound, word?.start_ms ?? line.start_ms);
    },
    nextUnsure: () => leap({ draft, sound, reach }, 1),
    beforeUnsure: () => leap({ draft, sound, reach }, -1),
  };
}

/** Mark the next word that was not heard clearly, or the one before, and have the player stand there. */
function leap({ draft, sound, reach }: Omit<Around, 'saver'>, by: 1 | -1): void {
  const { lines } = draft;
  const here = whereIs({ draft, sound });
  // Once round, so that the line that one is in comes first and last.
  for (let far = 0; far <= lines.length; far += 1) {
    const at = (Math.max(0, here.line) + by * far + lines.length) % lines.length;
    const line = lines[at];
    const unsure = line ? placesOf(line).filter(({ word }) => word.confidence < UNSURE) : [];
    const isPast = ({ from }: { from: number }) => far > 0 || Math.sign(from - here.at) === by;
    const next = by > 0 ? unsure.find(isPast) : unsure.findLast(isPast);
    if (!line || !next) continue;
    show(reach, line.key, next.from, next.until);
    if (sound) seek(sound, next.word.start_ms);
    return;
  }
}

/** Where the caret is, or else the player. */
function whereIs({ draft, sound }: Pick<Around, 'draft' | 'sound'>): { line: number; at: number } {
  const box = textBoxOf(document.activeElement);
  if (box) return { line: draft.lineKeys.indexOf(keyOf(box)), at: caretIn(box)?.from ?? 0 };
  const key = sound && lineAt(draft, positionOf(sound));
  return { line: key ? draft.lineKeys.indexOf(key) : -1, at: -1 };
}

/** Put the caret into a line, or mark a stretch of it, where it can be seen. */
function show(reach: Reach, key: string, from: number, until = from): void {
  const box = reach(key);
  if (!box) return;
  placeCaret(box, from, until);
  box.scrollIntoView({ block: 'center', behavior: 'instant' });
}
