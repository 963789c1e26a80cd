import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import type { Person } from './people';
import { RoleDialog } from './RoleDialog';

const ADA: Person = {
  id: '0199c0de-0000-7000-8000-00000000000a',
  email: 'ada@example.com',
  name: 'Ada',
  role: 'admin',
  created_at: '2026-11-01T08:00:00Z',
  last_login_at: '2026-11-20T08:00:00Z',
  leaves_at: null,
};
const PATCH = `PATCH /api/v1/admin/people/${ADA.id}`;

async function draw(person: Person, change: unknown, as = 'somebody else') {
  const asked = answering({
    'GET /api/v1/auth/session': { user_id: as, role: 'admin', providers: [] },
    [PATCH]: change,
  });
  const close = vi.fn();
  const page = await renderPage(<RoleDialog person={person} onClose={close} />);
  await screen.findByRole('dialog');
  return { ...page, close, changes: () => asked.filter(({ method }) => method === 'PATCH') };
}

test('nothing changes before it is confirmed, and then the chosen role is sent once', async () => {
  const { person, close, changes } = await draw(ADA, { ...ADA, role: 'speaker' });
  expect(screen.getByRole('button', { name: 'Save role' })).toBeDisabled();
  await person.click(screen.getByRole('radio', { name: 'Speaker' }));
  expect(changes()).toEqual([]);
  await person.click(screen.getByRole('button', { name: 'Save role' }));
  await waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(await Promise.all(changes().map((change) => change.json()))).toEqual([{ role: 'speaker' }]);
});

test('who waits for approval is about to become a speaker', async () => {
  await draw({ ...ADA, role: 'none' }, {});
  expect(screen.getByRole('radio', { name: 'Speaker' })).toBeChecked();
  expect(screen.getByRole('button', { name: 'Save role' })).toBeEnabled();
});

test('the last admin is told of in the dialog, which stays open, and no longer once something else is chosen', async () => {
  const { person, close } = await draw(ADA, problem(409, 'last_admin'));
  await person.click(screen.getByRole('radio', { name: 'No role' }));
  await person.click(screen.getByRole('button', { name: 'Save role' }));
  expect(await screen.findByText(/Make somebody else an admin first/)).toBeVisible();
  expect(close).not.toHaveBeenCalled();
  await person.click(screen.getByRole('radio', { name: 'Speaker' }));
  expect(screen.queryByText(/Make somebody else an admin first/)).not.toBeInTheDocument();
});

test('whoever gives up being an admin is warned', async () => {
  const { person } = await draw(ADA, ADA, ADA.id);
  expect(screen.queryByText(/^This is you/)).not.toBeInTheDocument();
  await person.click(screen.getByRole('radio', { name: 'Speaker' }));
  expect(screen.getByText(/^This is you/)).toBeVisible();
});
