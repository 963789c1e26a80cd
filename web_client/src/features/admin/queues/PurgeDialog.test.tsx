import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import { PurgeDialog } from './PurgeDialog';

const DELETE = 'DELETE /api/v1/admin/queues/uploads/dead-letters';

async function draw(answer: unknown) {
  const asked = answering({ [DELETE]: answer });
  const close = vi.fn();
  const page = await renderPage(<PurgeDialog name="uploads" onClose={close} />);
  return { ...page, asked, close, field: screen.getByRole('textbox') };
}

test('nothing is deleted before the name is typed exactly', async () => {
  const { person, asked, field } = await draw({ purged: 2 });
  await person.click(screen.getByRole('button', { name: 'Delete all' }));
  await person.type(field, 'Uploads{Enter}');
  expect(asked).toEqual([]);
  expect(field).toHaveFocus();
  expect(field).toBeInvalid();
});

test('once it is, the dead letters are deleted, and it is told how many', async () => {
  const { person, asked, close, field } = await draw({ purged: 2 });
  await person.type(field, 'uploads{Enter}');
  await waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(asked).toHaveLength(1);
  expect(screen.getAllByText('2 messages were deleted.')).not.toEqual([]);
});

test('a queue that was emptied just now is told of in the dialog', async () => {
  const { person, close, field } = await draw(problem(409, 'purged_just_now'));
  await person.type(field, 'uploads{Enter}');
  expect(await screen.findByText(/Wait a minute and try again/)).toBeVisible();
  expect(close).not.toHaveBeenCalled();
});
