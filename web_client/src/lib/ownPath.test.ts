import { expect, test } from 'vitest';
import { ownPath } from './ownPath';

test.each(['/', '/results?kind=audio#t=3', '/invite#secret'])('%s is ours', (path) =>
  expect(ownPath(path)).toBe(path),
);

test.each([
  '//elsewhere.example/',
  '/\\elsewhere.example',
  'https://elsewhere.example/',
  'javascript:alert(1)',
  '',
  7,
  undefined,
])('%s leads elsewhere, or nowhere', (path) => expect(ownPath(path)).toBeNull());
