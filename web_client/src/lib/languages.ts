/**
 * The languages that the page speaks. One is there as soon as a file is: either a `<code>.json` beside the
 * texts of each feature, or a single `languages/<code>.json` with the texts of all of them by namespace.
 */
type Texts = Record<string, unknown>;
type Sources = Record<string, () => Promise<unknown>>;

const scattered: Sources = import.meta.glob(
  ['../*/texts/*.json', '../{components,features}/*/texts/*.json'],
  {
    import: 'default',
  },
);
const whole: Sources = import.meta.glob('../languages/*.json', { import: 'default' });

export const FALLBACK = 'en';

/** The namespace and the language that a path of texts stands for. */
export function placeOf(path: string): { namespace: string; code: string } | null {
  const found = /([^/]+)\/(?:texts|languages)?\/?([^/]+)\.json$/.exec(path);
  return found?.[1] && found[2] ? { namespace: found[1], code: found[2] } : null;
}

/** Names that not every browser knows. */
const NAMES: Record<string, string> = { yi: 'ייִדיש' };

/** A language as those who speak it write it. It takes its time: browsers load such names first. */
export function nameOf(code: string): string {
  const name = NAMES[code] ?? new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/** The languages by their codes, the fallback first. */
export const languages: string[] = [
  ...new Set([FALLBACK, ...[...Object.keys(scattered), ...Object.keys(whole)].map(codeOf).sort()]),
];

function codeOf(path: string): string {
  return placeOf(path)?.code ?? FALLBACK;
}

/** Whether a language has all texts, as a test sees to where they lie with the features; one file for all may lack some. */
export function isComplete(code: string): boolean {
  return `../app/texts/${code}.json` in scattered;
}

/** The texts of a namespace in a language; those that are missing are taken from the fallback. */
export async function textsOf(code: string, namespace: string): Promise<Texts> {
  const own = Object.entries(scattered).find(([path]) => {
    const place = placeOf(path);
    return place?.code === code && place.namespace === namespace;
  });
  if (own) return (await own[1]()) as Texts;
  const all = (await whole[`../languages/${code}.json`]?.()) as Record<string, Texts> | undefined;
  return all?.[namespace] ?? {};
}

/** `he-IL` and the old `iw` → `he`. */
function languageOf(locale: string): string {
  try {
    return new Intl.Locale(locale).language;
  } catch {
    return locale; // no locale at all: somebody has changed what was kept here
  }
}

/** The first language of ours among those that a person wishes for. */
export function choose(wished: readonly (string | null | undefined)[]): string {
  const known = wished.map((wish) => languageOf(wish ?? '')).find((code) => languages.includes(code));
  return known ?? FALLBACK;
}
