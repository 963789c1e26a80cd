import { expect, test } from 'vitest';
import { fold, placesIn } from './folding';

const found = (text: string, sought: string) =>
  placesIn(fold(text), fold(sought).text).map(({ from, until }) => text.slice(from, until));

test.each([
  ['The café, the CAFE.', 'Café', ['café', 'CAFE']],
  ['שָׁלוֹם לכולם', 'שלום', ['שָׁלוֹם']],
  ['one  \n two', 'one two', ['one  \n two']],
  ['😀 Straße 😀', 'straße', ['Straße']],
  ['aaaa', 'aa', ['aa', 'aa']],
  ['e\u0301te\u0301', 'ete', ['e\u0301te\u0301']],
  ['anything', '', []],
  ['anything', 'else', []],
])('in “%s”, “%s” is found', (text, sought, places) => {
  expect(found(text, sought)).toEqual(places);
});
