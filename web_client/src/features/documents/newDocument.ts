/** A document that somebody adds, as their form has it. */

export const WAYS = ['text', 'file', 'wikipedia'] as const;
export type Way = (typeof WAYS)[number];

export type Contents = { text: string } | { url: string } | { file: File; contentType: string };

export interface NewDocument {
  contents: Contents;
  title: string;
  language: string;
  isPublic: boolean;
}

/** What is wrong with a form, by the name of its field. */
export type Wrong = Partial<Record<'text' | 'url' | 'file', 'missing' | 'type' | 'large' | 'notWikipedia'>>;

export const MOST_BYTES = 10 * 1024 * 1024;

/** By the ends of names: browsers don't know the type of every `.md`. */
const TYPES: Record<string, string> = {
  txt: 'text/plain',
  html: 'text/html',
  htm: 'text/html',
  md: 'text/markdown',
  markdown: 'text/markdown',
};
export const ACCEPTED = Object.keys(TYPES).map((ending) => `.${ending}`);

export function contentTypeOf({ name }: Pick<File, 'name'>): string | null {
  return TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? null;
}

/** Read what a form brings by one of the ways: the document, or what is wrong. */
export function readDocument(form: FormData, way: Way): { document: NewDocument } | { wrong: Wrong } {
  const read = way === 'file' ? readFile(form) : way === 'text' ? readText(form) : readAddress(form);
  if ('wrong' in read) return read;
  const title = wordsOf(form, 'title');
  const language = wordsOf(form, 'language');
  return { document: { contents: read, title, language, isPublic: form.get('is_public') !== null } };
}

function readText(form: FormData): Contents | { wrong: Wrong } {
  const text = wordsOf(form, 'text');
  return text ? { text } : { wrong: { text: 'missing' } };
}

function readAddress(form: FormData): Contents | { wrong: Wrong } {
  const url = wordsOf(form, 'url');
  if (!url) return { wrong: { url: 'missing' } };
  return isWikipedia(url) ? { url } : { wrong: { url: 'notWikipedia' } };
}

function isWikipedia(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && /^[a-z-]+(?:\.m)?\.wikipedia\.org$/.test(hostname);
}

function readFile(form: FormData): Contents | { wrong: Wrong } {
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return { wrong: { file: 'missing' } };
  const contentType = contentTypeOf(file);
  if (!contentType) return { wrong: { file: 'type' } };
  return file.size > MOST_BYTES ? { wrong: { file: 'large' } } : { file, contentType };
}

function wordsOf(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
