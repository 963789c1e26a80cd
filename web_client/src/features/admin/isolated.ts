/** A name within a sentence, marked so that its direction does not turn the sentence around. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
