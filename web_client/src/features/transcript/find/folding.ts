/** Find a text however it is written: large or small, with or without accents and points. */

export interface Folded {
  text: string;
  /** Where in the text each character of the folded one stands, and where it ends. */
  places: number[];
}

/** Leave out what does not count; a run of blanks is one. */
export function fold(text: string): Folded {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = /\s/.test(letter)
      ? folded.endsWith(' ')
        ? ''
        : ' '
      : letter.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
    at += letter.length;
  }
  places.push(at);
  return { text: folded, places };
}

/** Where something stands in a folded text, as places in the text itself. */
export function placesIn({ text, places }: Folded, sought: string): { from: number; until: number }[] {
  const found: { from: number; until: number }[] = [];
  if (sought === '') return found;
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
    found.push({ from: places[at] ?? 0, until: places[at + sought.length] ?? 0 });
  }
  return found;
}
