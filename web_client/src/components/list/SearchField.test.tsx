import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PAUSE, SearchField } from './SearchField';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function draw(value = '') {
  const search = vi.fn();
  const drawn = render(<SearchField label="Search" value={value} onSearch={search} />);
  const type = (text: string) => fireEvent.change(screen.getByRole('searchbox'), { target: { value: text } });
  const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
  return { search, type, pass, ...drawn };
}

test('a word typed without a pause is one search', () => {
  const { search, type, pass } = draw();
  for (const text of ['a', 'ad', 'ada ']) {
    type(text);
    pass(PAUSE - 1);
  }
  expect(search).not.toHaveBeenCalled();
  pass(1);
  expect(search.mock.calls).toEqual([['ada']]);
});

test('Enter searches at once, and the pause does not search again', () => {
  const { search, type, pass } = draw();
  type('ada');
  fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Enter' });
  pass(PAUSE);
  expect(search.mock.calls).toEqual([['ada']]);
});

test('nothing is searched for on arrival, nor when what is typed comes back to what was sought', () => {
  const { search, type, pass } = draw('ada');
  pass(PAUSE);
  type('adam');
  type('ada');
  pass(PAUSE);
  expect(search).not.toHaveBeenCalled();
});

test('what is sought by going back is shown, and not sought again', () => {
  const { search, type, pass, rerender } = draw();
  type('ada');
  pass(PAUSE);
  rerender(<SearchField label="Search" value="ada" onSearch={search} />);
  rerender(<SearchField label="Search" value="bob" onSearch={search} />);
  pass(PAUSE);
  expect(screen.getByRole('searchbox')).toHaveValue('bob');
  expect(search.mock.calls).toEqual([['ada']]);
});

test('an address that lags behind does not take back what is typed meanwhile', () => {
  const { search, type, pass, rerender } = draw();
  type('ada');
  pass(PAUSE);
  type('ada l');
  rerender(<SearchField label="Search" value="ada" onSearch={search} />);
  expect(screen.getByRole('searchbox')).toHaveValue('ada l');
});

test('Escape empties it and searches for nothing, at once; in an empty field it is left to others', () => {
  const { search, pass } = draw('ada');
  const field = screen.getByRole('searchbox');
  expect(fireEvent.keyDown(field, { key: 'Escape' })).toBe(false);
  expect(field).toHaveValue('');
  pass(PAUSE);
  expect(search.mock.calls).toEqual([['']]);
  expect(fireEvent.keyDown(field, { key: 'Escape' })).toBe(true);
});
