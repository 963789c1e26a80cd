import { expect, test } from 'vitest';
import { directionOf } from './direction';
import { choose, isComplete, languages, nameOf, placeOf, textsOf } from './languages';

test('English comes first, and each has the name that it gives itself', () => {
  expect(languages.map((code) => [code, nameOf(code)])).toEqual([
    ['en', 'English'],
    ['he', 'עברית'],
    ['yi', 'ייִדיש'],
  ]);
});

test('directions are known of languages that the page does not speak', () => {
  expect(['ar', 'fr', 'ur', 'az-Arab', 'az'].map(directionOf)).toEqual(['rtl', 'ltr', 'rtl', 'rtl', 'ltr']);
});

test('the first wish that can be met is met', () => {
  expect(choose([null, 'fr-FR', 'he-IL', 'en'])).toBe('he');
  expect(choose(['iw'])).toBe('he');
  expect(choose(['not a language', 'fr'])).toBe('en');
});

test('paths say the namespace and the language', () => {
  expect(placeOf('../features/sign-in/texts/he.json')).toEqual({ namespace: 'sign-in', code: 'he' });
  expect(placeOf('../app/texts/en.json')).toEqual({ namespace: 'app', code: 'en' });
  expect(placeOf('../languages/fr.json')).toMatchObject({ code: 'fr' });
});

test('texts are found by language and namespace, and none is no failure', async () => {
  expect(await textsOf('he', 'components')).toMatchObject({ cancel: 'ביטול' });
  expect(await textsOf('fr', 'components')).toEqual({});
});

test('only of languages that have all texts is English left away', () => {
  expect(['he', 'yi', 'fr'].map(isComplete)).toEqual([true, true, false]);
});
