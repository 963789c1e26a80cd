import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { Button } from './Button';
import { Dialog } from './Dialog';

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Ask</Button>
      <Dialog open={open} onOpenChange={setOpen} title="Rename" description="Others see it.">
        <input aria-label="Name" />
      </Dialog>
    </>
  );
}

test.each([
  ['its button', () => userEvent.click(screen.getByRole('button', { name: 'Close' }))],
  ['a click beside it', () => userEvent.click(screen.getByRole('dialog'))],
])('%s closes it', async (_, close) => {
  render(<Page />);
  await userEvent.click(screen.getByText('Ask'));
  expect(screen.getByRole('dialog', { name: 'Rename' })).toHaveAccessibleDescription('Others see it.');
  await userEvent.click(screen.getByLabelText('Name'));
  expect(screen.getByRole('dialog')).toBeInTheDocument();
  await close();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('what is shown once is not lost by a press beside it', async () => {
  let open = true;
  const close = (next: boolean) => {
    open = next;
  };
  render(<Dialog open isOnce onOpenChange={close} title="Your key" />);
  await userEvent.click(screen.getByRole('dialog'));
  expect(open).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(open).toBe(false);
});
