import { expect, test } from 'vitest';
import { contentTypeOf, MOST_BYTES, readDocument, type Way } from './newDocument';

function form(fields: Record<string, string | File>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

function file(name: string, size = 3): File {
  const made = new File(['abc'], name);
  Object.defineProperty(made, 'size', { value: size });
  return made;
}

test('a text is taken with what is said of it', () => {
  const read = readDocument(
    form({ text: ' A text. ', title: ' Name ', language: 'he', is_public: 'on' }),
    'text',
  );
  expect(read).toEqual({
    document: { contents: { text: 'A text.' }, title: 'Name', language: 'he', isPublic: true },
  });
});

test.each([
  ['text', { text: ' \n ' }, { text: 'missing' }],
  ['file', {}, { file: 'missing' }],
  ['file', { file: file('talk.pdf') }, { file: 'type' }],
  ['file', { file: file('talk.txt', MOST_BYTES + 1) }, { file: 'large' }],
  ['wikipedia', { url: '' }, { url: 'missing' }],
  ['wikipedia', { url: 'https://example.org/wiki/Lectern' }, { url: 'notWikipedia' }],
  ['wikipedia', { url: 'https://en.wikipedia.org.example.org/wiki/Lectern' }, { url: 'notWikipedia' }],
  ['wikipedia', { url: 'javascript:alert(1)//en.wikipedia.org' }, { url: 'notWikipedia' }],
] as [Way, Record<string, string | File>, object][])('by %s, %o is not enough', (way, fields, wrong) => {
  expect(readDocument(form(fields), way)).toEqual({ wrong });
});

test.each(['https://he.wikipedia.org/wiki/שולחן', 'https://zh-yue.m.wikipedia.org/wiki/X'])(
  '%s is an article',
  (url) => {
    expect(readDocument(form({ url }), 'wikipedia')).toMatchObject({ document: { contents: { url } } });
  },
);

test('types of files are known by the ends of their names', () => {
  const types = ['a.TXT', 'b.htm', 'c.html', 'd.md', 'e', 'txt'].map((name) => contentTypeOf({ name }));
  expect(types).toEqual(['text/plain', 'text/html', 'text/html', 'text/markdown', null, 'text/plain']);
});
