import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import { ResultsPage } from './ResultsPage';
import { summary } from './summary.fixture';

vi.mock('@/api/events', () => ({ useNews: () => {} }));

const LIST = 'GET /api/v1/results';
const TWO = { items: [summary('b'), summary('a')], next_cursor: null };
const deletions = (asked: Request[]) =>
  asked.filter(({ method }) => method === 'DELETE').map(({ url }) => new URL(url).pathname);

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => {});
});

test('shows what was sent, and leads to each', async () => {
  answering({ [LIST]: TWO });
  await renderPage(<ResultsPage />);
  const link = await screen.findByRole('link', { name: 'Title b' });
  expect(link).toHaveAttribute('href', '/results/b');
  expect(within(screen.getByRole('list', { name: 'Results' })).getAllByRole('listitem')).toHaveLength(2);
});

test('where there is nothing, the way leads home', async () => {
  answering({ [LIST]: { items: [], next_cursor: null } });
  await renderPage(<ResultsPage />);
  expect(await screen.findByRole('link', { name: 'Record or upload' })).toHaveAttribute('href', '/');
});

test('a list that cannot be read says so, and is read again when asked', async () => {
  const asked = answering({ [LIST]: problem(503, 'unavailable', 'Try again soon.') });
  const { person } = await renderPage(<ResultsPage />);
  expect(await screen.findByText('Try again soon.')).toBeVisible();
  await person.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(asked.length).toBe(2));
});

test('what is deleted is out of sight at once, and back when that is undone, with nothing sent', async () => {
  const asked = answering({ [LIST]: TWO });
  const { person } = await renderPage(<ResultsPage />);
  await person.click(await screen.findByRole('button', { name: 'Delete “Title b”' }));
  expect(screen.queryByRole('link', { name: 'Title b' })).toBeNull();
  expect(screen.getByRole('link', { name: 'Title a' })).toHaveFocus();
  await person.click(screen.getByRole('button', { name: 'Undo: bring “Title b” back' }));
  expect(await screen.findByRole('link', { name: 'Title b' })).toBeVisible();
  window.dispatchEvent(new Event('pagehide'));
  expect(deletions(asked)).toEqual([]);
});

test('what nobody takes back is deleted when its note goes', async () => {
  const asked = answering({ [LIST]: TWO, 'DELETE /api/v1/results/b': new Response(null, { status: 202 }) });
  const { person } = await renderPage(<ResultsPage />);
  await person.click(await screen.findByRole('button', { name: 'Delete “Title b”' }));
  await person.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(deletions(asked)).toEqual(['/api/v1/results/b']));
  expect(screen.queryByRole('link', { name: 'Title b' })).toBeNull();
});

test('leaving the page does what was not taken back, once', async () => {
  const asked = answering({ [LIST]: TWO, 'DELETE /api/v1/results/b': new Response(null, { status: 202 }) });
  const { person } = await renderPage(<ResultsPage />);
  await person.click(await screen.findByRole('button', { name: 'Delete “Title b”' }));
  window.dispatchEvent(new Event('pagehide'));
  await person.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(deletions(asked)).toEqual(['/api/v1/results/b']));
});

test('what could not be deleted is back', async () => {
  answering({ [LIST]: TWO, 'DELETE /api/v1/results/b': problem(503, 'unavailable') });
  const { person } = await renderPage(<ResultsPage />);
  await person.click(await screen.findByRole('button', { name: 'Delete “Title b”' }));
  await person.click(screen.getByRole('button', { name: 'Close' }));
  expect(await screen.findByRole('link', { name: 'Title b' })).toBeVisible();
});
