import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { type Acts, useKeys } from './useKeys';

function Around({ done }: { done: string[] }) {
  const names = [
    'undo',
    'redo',
    'save',
    'find',
    'togglePlay',
    'playFromCaret',
    'nextUnsure',
    'beforeUnsure',
  ] as const;
  useKeys(Object.fromEntries(names.map((name) => [name, () => done.push(name)])) as unknown as Acts);
  return (
    <>
      <button type="button" aria-label="line" />
      <input aria-label="field" />
    </>
  );
}

function press(label: string, keys: KeyboardEventInit): string[] {
  const done: string[] = [];
  render(<Around done={done} />);
  fireEvent.keyDown(screen.getByLabelText(label), keys);
  return done;
}

test.each([
  [{ key: 'z', code: 'KeyZ', ctrlKey: true }, 'undo'],
  [{ key: 'Z', code: 'KeyZ', metaKey: true, shiftKey: true }, 'redo'],
  [{ key: 'y', code: 'KeyY', ctrlKey: true }, 'redo'],
  [{ key: 'ז', code: 'KeyZ', ctrlKey: true }, 'undo'],
  // A layout that has its Z where others have their Y.
  [{ key: 'z', code: 'KeyY', ctrlKey: true }, 'undo'],
  [{ key: ' ', code: 'Space', ctrlKey: true }, 'togglePlay'],
  [{ key: 'Enter', code: 'Enter', ctrlKey: true }, 'playFromCaret'],
  [{ key: 'ArrowUp', code: 'ArrowUp', altKey: true }, 'beforeUnsure'],
])('%o does %s', (keys, name) => {
  expect(press('line', keys)).toEqual([name]);
});

test.each([
  ['line', { key: 'z', code: 'KeyZ' }],
  ['line', { key: ' ', code: 'Space' }],
  ['line', { key: 'f', code: 'KeyF', ctrlKey: true, shiftKey: true }],
  ['line', { key: 'z', code: 'KeyZ', ctrlKey: true, isComposing: true }],
  ['field', { key: 'z', code: 'KeyZ', ctrlKey: true }],
])('in a %s, %o is left to the browser', (label, keys) => {
  expect(press(label, keys)).toEqual([]);
});
