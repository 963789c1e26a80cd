/** What a form changes of a document. */
import type { Document, Sentence } from '@/api/documents';
import type { Change } from './documents';

type Present = Pick<Document, 'title' | 'language' | 'is_public'>;

/** Read a form: only what differs from what is there. The text is there only where it was opened. */
export function changeOf(form: FormData, present: Present): Change {
  const title = wordsOf(form, 'title');
  const language = wordsOf(form, 'language');
  const isPublic = form.get('is_public') !== null;
  const text = wordsOf(form, 'text');
  const isTextChanged = text !== '' && text !== wordsOf(form, 'present_text');
  return {
    ...(title !== '' && title !== present.title ? { title } : {}),
    ...(language !== '' && language !== present.language ? { language } : {}),
    ...(isPublic === present.is_public ? {} : { is_public: isPublic }),
    ...(isTextChanged ? { text } : {}),
  };
}

/** The text that sentences were taken from: an empty line between paragraphs. */
export function textOf(sentences: readonly Pick<Sentence, 'paragraph' | 'text'>[]): string {
  return sentences
    .map(({ paragraph, text }, at) => {
      const before = sentences[at - 1];
      return before ? `${before.paragraph === paragraph ? ' ' : '\n\n'}${text}` : text;
    })
    .join('');
}

function wordsOf(form: FormData, name: string): string {
  return String(form.get(name) ?? '')
    .replaceAll('\r\n', '\n')
    .trim();
}
