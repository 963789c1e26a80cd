/** Made once for each language: it takes a thousand times as long as looking a name up. */
const names = new Map<string, Intl.DisplayNames>();

/** What a language (BCP 47) is called in another: "he", "en" → "Hebrew". A tag that nobody knows is shown as it is. */
export function languageName(tag: string, language: string): string {
  const known = names.get(language) ?? new Intl.DisplayNames([language, 'he'], { type: 'language' });
  names.set(language, known);
  try {
    return known.of(tag) ?? tag;
  } catch {
    return tag; // no tag at all
  }
}
