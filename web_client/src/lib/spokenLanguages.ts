/** The languages that a person may say they speak: all that ISO 639-1 has a code for. */

export interface Spoken {
  code: string;
  name: string;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** What the browser has no name for is none; what has become another code is there under that one. */
const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(
  (code) => english.of(code) !== undefined && Intl.getCanonicalLocales(code)[0] === code,
);

/** All of them, named and sorted in the language of the page; `also` is added if it is a finer one (`pt-BR`). */
export function spokenLanguages(language: string, also?: string | null): Spoken[] {
  const locales = language === 'yi' ? ['yi', 'he'] : [language];
  const names = new Intl.DisplayNames(locales, { type: 'language', fallback: 'none' });
  const { compare } = new Intl.Collator(locales);
  const all = also && !codes.includes(also) ? [...codes, also] : codes;
  return all
    .map((code) => ({ code, name: names.of(code) ?? english.of(code) ?? code }))
    .sort((one, other) => compare(one.name, other.name));
}
