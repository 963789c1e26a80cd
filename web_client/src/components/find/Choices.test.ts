import { expect, test } from 'vitest';
import { valuesOf } from './Choices';

test('what there is most of comes first, and what is chosen stays though there is none', () => {
  expect(valuesOf({ en: 2, he: 7, yi: 0 }, undefined, ['ar'])).toEqual(['he', 'en', 'ar']);
});

test('values with an order of their own keep it', () => {
  expect(valuesOf({ audio: 1, image: 9 }, ['audio', 'video', 'image'], [])).toEqual(['audio', 'image']);
});
