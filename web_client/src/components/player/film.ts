/** What there is to be seen of a recording. */
export interface Film {
  address: string;
  /** Of a picture of it, shown until it plays. */
  poster: string;
  /** Of its captions, where there is a text. */
  captions: string | null;
  /** In which they are. */
  language: string | null;
  /** Null where nobody knows. */
  width: number | null;
  height: number | null;
}

const USUAL_RATIO = 16 / 9;

/** The room for it: as large as there is, and there before it comes. `--tallest` is how high it may be. */
export function roomFor({ width, height }: Pick<Film, 'width' | 'height'>) {
  const ratio = width && height ? width / height : USUAL_RATIO;
  return { aspectRatio: ratio, inlineSize: `min(100%, calc(var(--tallest, 34svh) * ${ratio}))` };
}
