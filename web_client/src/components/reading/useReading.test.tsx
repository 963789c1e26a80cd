import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { useReading } from './useReading';

const WORDS = ['One', 'two', 'three'].map((text, at) => ({
  text,
  start_ms: at * 1000,
  end_ms: at * 1000 + 400,
}));
let sound: HTMLAudioElement;

beforeEach(() => {
  sound = document.createElement('audio');
  Object.defineProperties(sound, {
    duration: { value: 3 },
    currentTime: { value: 0, writable: true },
    paused: { value: true, writable: true },
    play: { value: vi.fn(() => Promise.resolve()) },
  });
  vi.spyOn(window, 'scrollBy').mockImplementation(() => {});
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
});

function Page({ direction = 'ltr' }: { direction?: 'ltr' | 'rtl' }) {
  const { text, step } = useReading(WORDS, sound, direction);
  return (
    <>
      <p ref={text}>
        {WORDS.map((word, index) => (
          <span key={word.text} data-word={index}>
            {word.text}
          </span>
        ))}
      </p>
      <button type="button" onClick={() => step(1)}>
        Right
      </button>
    </>
  );
}

const lit = () => [...document.querySelectorAll('[data-lit]')].map(({ textContent }) => textContent);
function moveTo(second: number) {
  sound.currentTime = second;
  fireEvent(sound, new Event('seeked'));
}

test('the word that is spoken is lit, and no other; in a pause none is', () => {
  render(<Page />);
  expect(lit()).toEqual(['One']);
  moveTo(2.1);
  expect(lit()).toEqual(['three']);
  moveTo(1.9);
  expect(lit()).toEqual([]);
});

test('a word that is pressed is played', () => {
  render(<Page />);
  fireEvent.click(screen.getByText('two'));
  expect(sound.currentTime).toBe(1);
  expect(sound.play).toHaveBeenCalledOnce();
});

test('one word is reached by Tab, and Enter plays it', () => {
  render(<Page />);
  const [word, ...others] = screen.getAllByRole('button', { name: /One|two|three/ });
  expect(others).toEqual([]);
  expect(word).toHaveAttribute('tabindex', '0');
  moveTo(2);
  if (word) fireEvent.keyDown(word, { key: 'Enter' });
  expect(sound.currentTime).toBe(0);
});

test('to the right is on in a text from left to right, and back in one from right to left', () => {
  const { rerender } = render(<Page />);
  moveTo(1.1);
  fireEvent.click(screen.getByText('Right'));
  expect(sound.currentTime).toBe(2);
  expect(screen.getByText('three')).toHaveFocus();
  rerender(<Page direction="rtl" />);
  fireEvent.click(screen.getByText('Right'));
  expect(sound.currentTime).toBe(1);
});
