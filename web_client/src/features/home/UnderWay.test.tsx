import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering } from '@/test/answers';
import { hearNews, tellNews } from '@/test/news';
import { renderPage } from '@/test/render';
import { UnderWay } from './UnderWay';

beforeEach(hearNews);
afterEach(() => vi.unstubAllGlobals());

function result(news: object = {}) {
  return {
    id: 'r1',
    title: 'A talk',
    status: 'transcribing',
    progress: 0.25,
    heard_ms: 15_000,
    duration_ms: 60_000,
    created_at: new Date().toISOString(),
    language: 'en',
    error: null,
    ...news,
  };
}

function api(items: object[], more: Record<string, unknown> = {}) {
  return answering({
    'GET /api/v1/results': { items, next_cursor: null },
    'GET /api/v1/results/r1': { ...result(), text: 'And Mr. John Dashwood' },
    ...more,
  });
}

test('what is under way shows the seconds that were written down, and the words so far', async () => {
  api([result()]);
  await renderPage(<UnderWay uploads={null} uploadCount={0} />);
  expect(await screen.findByText('And Mr. John Dashwood')).toBeVisible();
  expect(screen.getByText('Writing down · 0:15 of 1:00')).toBeVisible();
  expect(screen.getByRole('progressbar', { name: 'Progress of A talk' })).toHaveAttribute(
    'aria-valuenow',
    '25',
  );
});

test('news moves the bar, and at the end makes a link of it and says so', async () => {
  api([result()]);
  await renderPage(<UnderWay uploads={null} uploadCount={0} />);
  await screen.findByRole('progressbar');
  const news = { id: 'r1', duration_ms: 60_000, error: null };
  act(() => tellNews('result', { ...news, status: 'transcribing', progress: 0.5, heard_ms: 30_000 }));
  expect(await screen.findByText('Writing down · 0:30 of 1:00')).toBeVisible();
  act(() => tellNews('result', { ...news, status: 'completed', progress: 1, heard_ms: 60_000 }));
  expect(await screen.findByText('The text of A talk is finished.')).toBeInTheDocument();
  expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  expect(await screen.findByRole('link', { name: /A talk/ })).toHaveAttribute('href', '/results/r1');
});

test('news of a result that is not known yet asks for the list', async () => {
  const asked = api([]);
  await renderPage(<UnderWay uploads={null} uploadCount={0} />);
  await screen.findByText(/appears here/);
  act(() => tellNews('result', { id: 'r2', status: 'received' }));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
});

test('what failed says why, and can be tried again', async () => {
  const error = { code: 'stalled', message: 'The work hangs. Try again.' };
  const asked = api([result({ status: 'failed', error })], { 'POST /api/v1/results/r1/retry': undefined });
  const { person } = await renderPage(<UnderWay uploads={null} uploadCount={0} />);
  expect(await screen.findByText('The work hangs. Try again.')).toBeVisible();
  await person.click(screen.getByRole('button', { name: /Try again/ }));
  expect(asked.some(({ method, url }) => method === 'POST' && url.endsWith('/r1/retry'))).toBe(true);
});

test('a picture is made ready, and is not said to have a text', async () => {
  api([result({ kind: 'image', status: 'transcoding', duration_ms: null })]);
  await renderPage(<UnderWay uploads={null} uploadCount={0} />);
  expect(await screen.findByText('Making it ready')).toBeVisible();
  act(() => tellNews('result', { id: 'r1', status: 'completed', progress: 1, error: null }));
  expect(await screen.findByText('A talk is ready.')).toBeInTheDocument();
});
