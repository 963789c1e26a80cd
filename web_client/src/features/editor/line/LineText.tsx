import { memo, use, useLayoutEffect, useRef } from 'react';
import { UNSURE } from '@/components/reading/confidence';
import { type MarkName, mark, rangeIn } from '@/components/reading/marks';
import { SoughtNow } from '../find/sought';
import { type Line, placesOf } from '../text/lines';
import { findAll } from '../text/replacing';
import { caretIn, EDITABLE, placeCaret } from './caret';

interface LineTextProps {
  line: Line;
  label: string;
  language: string | null;
}

/**
 * The text of a line, to be typed into. What is in it is the browser's while somebody types: it is written anew only
 * where the draft says something else. Keys and changes are heard by the list around it.
 */
export const LineText = memo(function LineText({ line, label, language }: LineTextProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current) write(box.current, line.text);
  }, [line.text]);
  const sought = use(SoughtNow);
  useLayoutEffect(() => {
    const unsure = placesOf(line).filter(({ word }) => word.confidence < UNSURE);
    return box.current ? markAll('unsure', box.current, unsure) : undefined;
  }, [line]);
  useLayoutEffect(() => {
    const found = sought ? findAll(line.text, sought) : [];
    return box.current ? markAll('found', box.current, found) : undefined;
  }, [line.text, sought]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a textarea shows no marks, and is not as high as its text
    <div
      ref={box}
      role="textbox"
      tabIndex={0}
      aria-multiline="true"
      aria-label={label}
      contentEditable={EDITABLE}
      suppressContentEditableWarning
      data-text={line.key}
      dir="auto"
      lang={language ?? undefined}
      spellCheck
      className="-mx-2 whitespace-pre-wrap rounded-lg px-2 py-1 font-reading text-lg leading-8 outline-offset-0 hover:bg-raised focus:bg-surface sm:text-xl sm:leading-9"
    />
  );
});

/** Blanks at the ends, which the service does not keep, are left to whoever is still typing. */
function write(box: HTMLElement, text: string): void {
  const written = box.textContent ?? '';
  const isIn = box === document.activeElement;
  if (written === text || (isIn && written.trim() === text.trim())) return;
  const caret = isIn ? caretIn(box) : null;
  box.textContent = text;
  if (caret) placeCaret(box, caret.from);
}

function markAll(
  name: MarkName,
  box: HTMLElement,
  places: readonly { from: number; until: number }[],
): () => void {
  return mark(
    name,
    places.flatMap(({ from, until }) => rangeIn(box, from, until) ?? []),
  );
}
