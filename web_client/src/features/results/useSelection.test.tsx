import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { summary } from '@/components/results/summary.fixture';
import { useSelection } from './useSelection';

const rows = [...'abcde'].map((id) => summary(id));

function choose(before = rows) {
  const { result, rerender } = renderHook((shown) => useSelection(shown), { initialProps: before });
  return {
    press: (id: string, isRange = false) => act(() => result.current.toggle(id, isRange)),
    all: (isChosen: boolean) => act(() => result.current.chooseAll(isChosen)),
    show: rerender,
    chosen: () => result.current.chosen.map(({ id }) => id).join(''),
  };
}

test('rows are chosen and left one by one', () => {
  const { press, chosen } = choose();
  press('b');
  press('d');
  press('b');
  expect(chosen()).toBe('d');
});

test('with the shift key all from the last pressed one are chosen, in either direction, or left', () => {
  const { press, chosen } = choose();
  press('d');
  press('b', true);
  expect(chosen()).toBe('bcd');
  press('c', true);
  expect(chosen()).toBe('d');
});

test('a range from a row that is gone is the pressed row alone', () => {
  const { press, show, chosen } = choose();
  press('a');
  show(rows.slice(1));
  press('c', true);
  expect(chosen()).toBe('c');
});

test('all that are shown are chosen; what is not shown any more is not', () => {
  const { all, show, chosen } = choose();
  all(true);
  expect(chosen()).toBe('abcde');
  show(rows.slice(3));
  expect(chosen()).toBe('de');
  all(false);
  expect(chosen()).toBe('');
});
