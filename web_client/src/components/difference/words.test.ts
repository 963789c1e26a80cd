import { expect, test } from 'vitest';
import { differenceOf } from './words';

const drawn = (before: string, after: string) =>
  differenceOf(before, after)
    .map(({ kind, text }) => ({ same: text, removed: `-${text}-`, added: `+${text}+` })[kind])
    .join('');

test.each([
  ['The same.', 'The same.', 'The same.'],
  ['One two three.', 'One deux three.', 'One -two-+deux+ three.'],
  ['One two three.', 'One deux trois.', 'One -two three-+deux trois+.'],
  ['One three.', 'One two three.', 'One +two +three.'],
  ['Well, so.', 'Well so.', 'Well-,- so.'],
  ['', 'New.', '+New.+'],
  ['Old.', '', '-Old.-'],
  ['你好世界', '你们世界', '你-好-+们+世界'],
  ['שלום לכולם', 'שלום לכם', 'שלום -לכולם-+לכם+'],
])('%s → %s', (before, after, told) => {
  expect(drawn(before, after)).toBe(told);
});

test('both texts are there whole, whatever changes', () => {
  const texts = ['a b c', 'c b a', 'a  b, c d', ' x a\nb ', 'b'];
  for (const before of texts) {
    for (const after of texts) {
      const stretches = differenceOf(before, after);
      const of = (kind: string) =>
        stretches.flatMap((one) => (one.kind === kind || one.kind === 'same' ? one.text : [])).join('');
      expect([of('removed'), of('added')]).toEqual([before, after]);
    }
  }
});
