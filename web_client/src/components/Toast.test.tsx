import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toasts, useToast } from './Toast';
import type { ToastWish } from './ToastCard';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function draw(wish: ToastWish) {
  function Teller() {
    const toast = useToast();
    return (
      <button type="button" onClick={() => toast(wish)}>
        Tell
      </button>
    );
  }
  render(
    <Toasts>
      <Teller />
    </Toasts>,
  );
  fireEvent.click(screen.getByText('Tell'));
}

const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

test('news are said politely and go by themselves', () => {
  draw({ text: 'Saved.' });
  expect(screen.getByRole('status')).toHaveTextContent('Saved.');
  pass(6000);
  expect(screen.queryByText('Saved.')).not.toBeInTheDocument();
});

test('failures are said at once', () => {
  draw({ text: 'Not saved.', kind: 'failure' });
  expect(screen.getByRole('alert')).toHaveTextContent('Not saved.');
});

test('one that can be undone waits for whoever is at it, and tells when its time is over', () => {
  const [onPress, onGone] = [vi.fn(), vi.fn()];
  draw({ text: 'Deleted.', action: { label: 'Undo', hint: 'Take it back', onPress }, onGone });
  const undo = screen.getByRole('button', { name: 'Take it back' });
  act(() => undo.focus());
  pass(60_000);
  expect(undo).toBeInTheDocument();
  act(() => undo.blur());
  pass(10_000);
  expect(undo).not.toBeInTheDocument();
  expect([onPress.mock.calls.length, onGone.mock.calls.length]).toEqual([0, 1]);
});

test('undoing is the only thing that happens when it is undone', () => {
  const [onPress, onGone] = [vi.fn(), vi.fn()];
  draw({ text: 'Deleted.', action: { label: 'Undo', hint: 'Take it back', onPress }, onGone });
  fireEvent.click(screen.getByRole('button', { name: 'Take it back' }));
  pass(60_000);
  expect([onPress.mock.calls.length, onGone.mock.calls.length]).toEqual([1, 0]);
});

test('F8 leads to it from wherever one is', () => {
  draw({ text: 'Saved.' });
  fireEvent.keyDown(window, { key: 'F8' });
  expect(screen.getByRole('button', { name: 'Close' })).toHaveFocus();
});
