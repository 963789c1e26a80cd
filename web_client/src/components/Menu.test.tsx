import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Menu, MenuChoice, MenuItem } from './Menu';

function draw() {
  const chosen = { rename: vi.fn(), remove: vi.fn(), theme: vi.fn() };
  render(
    <>
      <Menu icon="…" label="More">
        <MenuItem onSelect={chosen.rename}>Rename</MenuItem>
        <MenuItem onSelect={chosen.remove} disabled>
          Delete
        </MenuItem>
        <MenuChoice
          label="Appearance"
          value="dark"
          options={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={chosen.theme}
        />
      </Menu>
      <button type="button">Elsewhere</button>
    </>,
  );
  return chosen;
}

const button = () => screen.getByRole('button', { name: 'More' });

test('keys alone open it, go through it and choose, and come back to the button', async () => {
  const chosen = draw();
  await userEvent.tab();
  await userEvent.keyboard('{ArrowDown}');
  expect(screen.getByRole('menuitem', { name: 'Rename' })).toHaveFocus();
  await userEvent.keyboard('{ArrowUp}');
  expect(screen.getByRole('menuitemradio', { name: 'Dark' })).toBeChecked();
  expect(screen.getByRole('menuitemradio', { name: 'Dark' })).toHaveFocus();
  await userEvent.keyboard('{Home}l{Enter}');
  expect(chosen.theme).toHaveBeenCalledWith('light');
  expect(screen.queryByRole('menu')).not.toBeInTheDocument();
  expect(button()).toHaveFocus();
});

test('what is disabled is heard of, and does nothing', async () => {
  const chosen = draw();
  await userEvent.click(button());
  await userEvent.click(screen.getByRole('menuitem', { name: 'Delete' }));
  expect(chosen.remove).not.toHaveBeenCalled();
  expect(screen.getByRole('menu')).toBeInTheDocument();
});

test.each([
  ['Escape', async () => userEvent.keyboard('{Escape}'), () => button()],
  ['the button again', async () => userEvent.click(button()), () => button()],
  [
    'a click elsewhere',
    async () => userEvent.click(screen.getByText('Elsewhere')),
    () => screen.getByText('Elsewhere'),
  ],
])('%s closes it', async (_, close, focused) => {
  draw();
  await userEvent.click(button());
  expect(button()).toHaveAttribute('aria-expanded', 'true');
  await close();
  expect(screen.queryByRole('menu')).not.toBeInTheDocument();
  expect(focused()).toHaveFocus();
});
