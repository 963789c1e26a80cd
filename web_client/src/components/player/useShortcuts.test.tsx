import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { useShortcuts } from './useShortcuts';

const onStep = vi.fn();
let sound: HTMLAudioElement;

/** A sound of ten seconds, at its third. */
beforeEach(() => {
  onStep.mockClear();
  sound = document.createElement('audio');
  Object.defineProperties(sound, {
    duration: { value: 10 },
    currentTime: { value: 3, writable: true },
    paused: { value: true, writable: true },
    play: { value: vi.fn(() => Promise.resolve()) },
  });
});

function Page() {
  useShortcuts(sound, onStep);
  return (
    <>
      <input aria-label="Field" />
      <button type="button">Button</button>
    </>
  );
}

test.each([
  ['ArrowRight', 8],
  ['ArrowLeft', 0],
  ['Home', 0],
  ['End', 10],
])('%s goes to second %i, and does not scroll', (key, second) => {
  render(<Page />);
  const scrolls = fireEvent.keyDown(document.body, { key });
  expect(sound.currentTime).toBe(second);
  expect(scrolls).toBe(false);
});

test('space plays', () => {
  render(<Page />);
  fireEvent.keyDown(document.body, { key: ' ' });
  expect(sound.play).toHaveBeenCalledOnce();
});

test('with shift, the arrows go from word to word', () => {
  render(<Page />);
  fireEvent.keyDown(document.body, { key: 'ArrowLeft', shiftKey: true });
  expect(onStep).toHaveBeenCalledWith(-1);
  expect(sound.currentTime).toBe(3);
});

test('keys that mean something else where the focus is are left alone', () => {
  render(<Page />);
  fireEvent.keyDown(screen.getByLabelText('Field'), { key: 'Home' });
  fireEvent.keyDown(screen.getByRole('button'), { key: ' ' });
  fireEvent.keyDown(document.body, { key: 'ArrowRight', altKey: true });
  expect(sound.currentTime).toBe(3);
  expect(sound.play).not.toHaveBeenCalled();
});
