import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { summary } from '@/components/results/summary.fixture';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import { ResultsPage } from './ResultsPage';

vi.mock('@/api/events', () => ({ useNews: () => {} }));

const LIST = 'GET /api/v1/results';
const COUNTS = 'GET /api/v1/results/counts';
const TAGS = '/api/v1/results/tags';
const EXPORTS = '/api/v1/results/exports';
const NO_COUNTS = { status: {}, kind: {}, language: {}, engine: {}, origin: {}, tag: {}, flag: {} };
const TWO = { items: [summary('b'), summary('a')], next_cursor: null };
const deletions = (asked: Request[]) =>
  asked.filter(({ method }) => method === 'DELETE').map(({ url }) => new URL(url).pathname);

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => {});
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
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

test('what is searched for is asked for and kept in the address; a hit leads to where it is spoken', async () => {
  const hit = {
    segment: 3,
    start_ms: 61_000,
    end_ms: 62_000,
    snippet: [
      { text: 'prudently in his ', is_hit: false },
      { text: 'power', is_hit: true },
    ],
  };
  const asked = answering({
    [LIST]: ({ url }: Request) =>
      new URL(url).searchParams.get('q') === 'power'
        ? { items: [summary('b', { hits: [hit] })], next_cursor: null }
        : TWO,
  });
  const { person, router } = await renderPage(<ResultsPage />);
  await person.type(await screen.findByRole('searchbox'), 'power{Enter}');
  const found = await screen.findByRole('link', { name: /prudently in his power/ });
  expect(found).toHaveAttribute('href', '/results/b?at=61000');
  expect(within(found).getByText('power').tagName).toBe('MARK');
  expect(router.state.location.search).toEqual({ q: 'power' });
  expect(screen.getByText('1 result')).toHaveAttribute('role', 'status');
  expect(asked.map(({ url }) => new URL(url).pathname)).not.toContain('/api/v1/results/counts');
});

test('an address with filters shows them; where nothing is found, they can all be taken away', async () => {
  answering({
    [LIST]: ({ url }: Request) => (url.includes('tag=') ? { items: [], next_cursor: null } : TWO),
  });
  const { person } = await renderPage(<ResultsPage />, { at: '/?tag=work&status=failed' });
  expect(await screen.findByRole('button', { name: 'Take away the filter “work”' })).toBeVisible();
  expect(screen.getByText('0 results')).toHaveAttribute('role', 'status');
  await person.click(screen.getByRole('button', { name: 'Take away the filter “Failed”' }));
  expect(screen.getByRole('button', { name: 'Take away the filter “work”' })).toHaveFocus();
  await person.click(screen.getByRole('button', { name: 'Show everything' }));
  expect(await screen.findByRole('link', { name: 'Title b' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /Take away/ })).toBeNull();
});

test('a filter is chosen with the number of results that it has', async () => {
  const asked = answering({
    [LIST]: TWO,
    [COUNTS]: { total: 2, is_capped: false, ...NO_COUNTS, language: { he: 1, en: 1 } },
  });
  const { person, router } = await renderPage(<ResultsPage />);
  await person.click(await screen.findByRole('button', { name: /Filters/ }));
  await person.click(await screen.findByRole('checkbox', { name: 'Hebrew 1' }));
  await waitFor(() => expect(asked.at(-1)?.url).toContain('language=he'));
  expect(router.state.location.search).toEqual({ language: ['he'] });
});

test('what is chosen gets the tags that are set, and shows them', async () => {
  const asked = answering({
    [LIST]: TWO,
    [`GET ${TAGS}`]: { items: [{ tag: 'sea', count: 4 }] },
    [`POST ${TAGS}`]: { changed: 2 },
  });
  const { person } = await renderPage(<ResultsPage />);
  await person.click(await screen.findByRole('checkbox', { name: 'Choose all that are shown' }));
  expect(screen.getByText('2 chosen')).toHaveAttribute('role', 'status');
  await person.click(await screen.findByRole('button', { name: 'Tags of what is chosen' }));
  await person.click(await screen.findByRole('checkbox', { name: 'sea' }));
  await person.type(screen.getByRole('textbox', { name: 'New tag' }), ' hill {Enter}');
  await person.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findAllByRole('link', { name: 'hill' })).toHaveLength(2);
  const sent = asked.find(({ method }) => method === 'POST');
  expect(await sent?.json()).toEqual({ ids: ['b', 'a'], add: ['sea', 'hill'], remove: [] });
});

test('what is chosen is put into one file, which can be fetched when it is ready', async () => {
  const made = { id: 'e', created_at: '2026-11-21T19:23:09Z', expires_at: null, error: null };
  const pending = { ...made, status: 'pending', size: null, url: null };
  const asked = answering({
    [LIST]: TWO,
    [`GET ${EXPORTS}`]: { items: [], next_cursor: null },
    [`POST ${EXPORTS}`]: Response.json(pending, { status: 202 }),
    [`GET ${EXPORTS}/e`]: { ...made, status: 'ready', size: 2_000, url: '/file.zip' },
  });
  const { person } = await renderPage(<ResultsPage />);
  await person.click(await screen.findByRole('checkbox', { name: 'Choose “Title b”' }));
  await person.click(await screen.findByRole('button', { name: 'Export what is chosen' }));
  await person.click(await screen.findByRole('checkbox', { name: 'Subtitles (SRT)' }));
  await person.click(screen.getByRole('button', { name: 'Make the file' }));
  const file = await screen.findByRole('link', { name: /Download/ });
  expect(file).toHaveAttribute('href', '/file.zip');
  const sent = asked.find(({ method }) => method === 'POST');
  expect(await sent?.json()).toEqual({ ids: ['b'], formats: ['txt', 'srt'] });
});

test('several that are deleted come back together', async () => {
  const asked = answering({ [LIST]: TWO });
  const { person } = await renderPage(<ResultsPage />);
  await person.click(await screen.findByRole('checkbox', { name: 'Choose all that are shown' }));
  await person.click(await screen.findByRole('button', { name: 'Delete what is chosen' }));
  expect(screen.queryByRole('link', { name: 'Title b' })).toBeNull();
  await person.click(screen.getByRole('button', { name: 'Undo: bring 2 results back' }));
  expect(await screen.findByRole('link', { name: 'Title a' })).toBeVisible();
  expect(deletions(asked)).toEqual([]);
});
