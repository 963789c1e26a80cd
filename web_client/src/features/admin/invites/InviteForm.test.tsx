import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderPage } from '@/test/render';
import { dayAfter, endOf } from './days';
import { InviteForm } from './InviteForm';
import { type Invite, standingOf } from './invites';

async function draw(error: unknown = null) {
  const submit = vi.fn();
  const page = await renderPage(
    <InviteForm busy={false} error={error} onSubmit={submit} onCancel={vi.fn()} />,
  );
  return {
    ...page,
    submit,
    make: () => page.person.click(screen.getByRole('button', { name: 'Make the link' })),
  };
}

test('an invite without a name, for nobody, or for yesterday is not made, and the first fault has the focus', async () => {
  const { person, submit, make, container } = await draw();
  const uses = screen.getByRole('spinbutton');
  await person.clear(uses);
  await person.type(uses, '0');
  fireEvent.change(screen.getByLabelText('Last day'), { target: { value: dayAfter(0) } });
  await make();
  expect(submit).not.toHaveBeenCalled();
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus();
  expect(container.querySelectorAll('[aria-invalid]')).toHaveLength(3);
});

test('what is asked for is sent, with the end of the last day', async () => {
  const { person, submit, make } = await draw();
  await person.type(screen.getByRole('textbox', { name: 'Name' }), ' Choir ');
  await person.selectOptions(screen.getByRole('combobox'), 'admin');
  await make();
  const wish = { name: 'Choir', role: 'admin', email: null, most_uses: 1, expires_at: endOf(dayAfter(7)) };
  expect(submit.mock.calls).toEqual([[wish]]);
});

test('an address is optional, and one that is none is not sent', async () => {
  const { person, submit, make } = await draw();
  await person.type(screen.getByRole('textbox', { name: 'Name' }), 'Choir');
  const email = screen.getByRole('textbox', { name: /^E-mail/ });
  await person.type(email, 'ada@');
  await make();
  expect(submit).not.toHaveBeenCalled();
  await person.type(email, 'example.org ');
  await make();
  expect(submit.mock.calls[0]?.[0]).toMatchObject({ email: 'ada@example.org' });
});

test('days are counted by the calendar here, over the end of a year too', () => {
  expect(dayAfter(2, new Date(2026, 11, 30, 23, 30))).toBe('2027-01-01');
  expect(new Date(endOf('2027-01-01')).getDate()).toBe(1);
});

test('an invite is open until it is revoked, over, or used up', () => {
  const open: Invite = {
    id: 'i',
    name: 'Choir',
    role: 'speaker',
    most_uses: 2,
    uses: 1,
    created_at: '2026-11-01T00:00:00Z',
    expires_at: '2026-11-30T00:00:00Z',
    revoked_at: null,
  };
  const now = Date.parse('2026-11-21T00:00:00Z');
  const standings = [
    open,
    { ...open, uses: 2 },
    { ...open, expires_at: '2026-11-20T00:00:00Z' },
    { ...open, revoked_at: '2026-11-10T00:00:00Z' },
  ].map((invite) => standingOf(invite, now));
  expect(standings).toEqual(['open', 'used', 'ended', 'revoked']);
});
