import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import { hearNews, tellNews } from '@/test/news';
import { renderPage } from '@/test/render';
import { Picture } from './Picture';

const ADDRESS = '/api/v1/results/r1/renditions/thumbnail';
const LOOK = `GET ${ADDRESS}`;
const AWAITED = () => Response.json({ name: 'thumbnail', status: 'under_way' }, { status: 202 });

beforeEach(hearNews);
afterEach(() => vi.unstubAllGlobals());

function show(isMade: boolean) {
  return renderPage(<Picture address={ADDRESS} isMade={isMade} alt="A boat" width={320} height={240} />);
}
const picture = () => screen.findByRole('img', { name: 'A boat' });
const madeReady = (names = ['thumbnail', 'web']) =>
  act(() => tellNews('renditions', { id: 'r1', names, error: null }));

test('what is there is loaded, and nobody asks how it stands', async () => {
  const asked = answering({});
  await show(true);
  expect(await picture()).toHaveAttribute('src', ADDRESS);
  expect(asked).toEqual([]);
});

test('what has expired says that it is being made, and is shown once the news say that it is there', async () => {
  let isThere = false;
  answering({ [LOOK]: () => (isThere ? new Response() : AWAITED()) });
  await show(true);
  fireEvent.error(await picture());
  expect(await screen.findByText('Being made ready')).toBeVisible();
  isThere = true;
  madeReady();
  expect(await picture()).toBeVisible();
});

test('news of other forms say nothing of it', async () => {
  const asked = answering({ [LOOK]: AWAITED });
  await show(false);
  await screen.findByText('Being made ready');
  madeReady(['captions']);
  act(() => tellNews('renditions', { id: 'r2', names: ['thumbnail'], error: null }));
  expect(asked).toHaveLength(1);
});

test('what can not be made says so', async () => {
  answering({ [LOOK]: problem(409, 'not_made', 'It is cut off.') });
  await show(false);
  expect(await screen.findByText('Can’t be shown')).toBeVisible();
});

test('what is there and can not be loaded is given up after some tries', async () => {
  answering({ [LOOK]: () => new Response() });
  await show(true);
  for (let tries = 0; tries < 3; tries += 1) fireEvent.error(await picture());
  await waitFor(() => expect(screen.queryByRole('img', { name: 'A boat' })).toBeNull());
  expect(screen.getByText('Can’t be shown')).toBeVisible();
});
