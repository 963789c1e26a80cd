import { expect, test } from 'vitest';
import { codeIn, RULES } from './rules';
import { readSignInSearch } from './search';

test.each([
  ['123456', '123456'],
  [' 123 456 ', '123456'],
  ['Your code is 123456. It is good for an hour.', '123456'],
  ['aB3-dE6', 'aB3dE6'],
])('the code in “%s” is %s', (pasted, code) => {
  expect(codeIn(pasted)).toBe(code);
});

test.each([
  ['Correct-horse-7', true],
  ['Correct-hor7', true],
  ['Correct-ho7', false],
  ['correct-horse-7', false],
  ['CORRECT-HORSE-7', false],
  ['Correct-horse-x', false],
  ['Correct horse 7', false],
])('whether “%s” may be a password: %s', (password, isOne) => {
  expect(RULES.password(password)).toBe(isOne);
});

test.each([
  ['ada@example.com', true],
  ['ada', false],
  ['ada@', false],
  ['a da@example.com', false],
])('whether “%s” could be an address: %s', (address, isOne) => {
  expect(RULES.email(address)).toBe(isOne);
});

test('an address of the sign-in page says only what we may have written', () => {
  expect(readSignInSearch({ to: '//elsewhere.example', news: 'won', at: 'soon' })).toEqual({});
  const good = { to: '/results?kind=audio', news: 'leaving', at: '2026-12-05T12:00:00Z' };
  expect(readSignInSearch(good)).toEqual(good);
});
