import { expect, test } from 'vitest';
import { changeOf, textOf } from './change';

const PRESENT = { title: 'Name', language: 'en', is_public: true };

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test('only what differs is changed', () => {
  const same = { title: 'Name', language: 'en', is_public: 'on' };
  expect(changeOf(form(same), PRESENT)).toEqual({});
  expect(changeOf(form({ ...same, title: ' Other ' }), PRESENT)).toEqual({ title: 'Other' });
  expect(changeOf(form({ title: 'Name', language: '' }), PRESENT)).toEqual({ is_public: false });
});

test('a text that was opened and left as it was is not sent', () => {
  const opened = { title: 'Name', language: 'en', is_public: 'on', present_text: 'One.\n\nTwo.' };
  expect(changeOf(form({ ...opened, text: 'One.\r\n\r\nTwo.' }), PRESENT)).toEqual({});
  expect(changeOf(form({ ...opened, text: 'One.\r\nTwo.' }), PRESENT)).toEqual({ text: 'One.\nTwo.' });
});

test('sentences become the text of their paragraphs again', () => {
  const sentences = [
    { paragraph: 0, text: 'One.' },
    { paragraph: 0, text: 'Two.' },
    { paragraph: 2, text: 'Three.' },
  ];
  expect(textOf(sentences)).toBe('One. Two.\n\nThree.');
});
