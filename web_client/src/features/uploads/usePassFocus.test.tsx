import { render, screen, waitFor } from '@testing-library/react';
import { useRef } from 'react';
import { expect, test } from 'vitest';
import { usePassFocus } from './usePassFocus';

function Row({ name }: { name: string }) {
  const row = useRef<HTMLLIElement>(null);
  usePassFocus(row);
  return (
    <li ref={row}>
      <button type="button">{name}</button>
    </li>
  );
}

function Page({ names }: { names: string[] }) {
  return (
    <main tabIndex={-1}>
      <ul>
        {names.map((name) => (
          <Row key={name} name={name} />
        ))}
      </ul>
    </main>
  );
}

test('the focus of a row that goes is its neighbour’s, and of the last one the page’s', async () => {
  const { rerender } = render(<Page names={['one', 'two']} />);
  screen.getByText('one').focus();
  rerender(<Page names={['two']} />);
  await waitFor(() => expect(screen.getByText('two')).toHaveFocus());
  rerender(<Page names={[]} />);
  await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
});

test('where the focus is elsewhere it stays', async () => {
  const { rerender } = render(<Page names={['one', 'two']} />);
  screen.getByText('two').focus();
  rerender(<Page names={['two']} />);
  await new Promise((resolve) => setTimeout(resolve));
  expect(screen.getByText('two')).toHaveFocus();
});
