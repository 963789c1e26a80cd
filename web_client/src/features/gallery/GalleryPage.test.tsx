import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { summary } from '@/components/results/summary.fixture';
import { answering } from '@/test/answers';
import { hearNews, tellNews } from '@/test/news';
import { renderPage } from '@/test/render';
import { GalleryPage } from './GalleryPage';

const LIST = 'GET /api/v1/results';
const BOAT = summary('b', { kind: 'image', duration_ms: null, pictures: 'ready', width: 400, height: 300 });
const FILM = summary('f', { kind: 'video', pictures: 'under_way' });
const AWAITED = () => Response.json({ status: 'under_way' }, { status: 202 });

beforeEach(hearNews);
afterEach(() => vi.unstubAllGlobals());

test('shows pictures and videos alone, as links to them', async () => {
  const asked = answering({ [LIST]: { items: [BOAT], next_cursor: null } });
  const { container } = await renderPage(<GalleryPage />);
  expect(await screen.findByRole('link', { name: 'Title b' })).toHaveAttribute('href', '/results/b');
  const wanted = new URL(asked[0]?.url ?? '').searchParams;
  expect(wanted.getAll('kind')).toEqual(['image', 'video']);
  const picture = container.querySelector('img');
  expect(picture).toHaveAttribute('src', '/api/v1/results/b/renditions/thumbnail');
  expect(picture).toHaveAttribute('width', '400');
});

test('a video whose picture is being made has it when the news tell of it', async () => {
  const POSTER = '/api/v1/results/f/renditions/poster';
  let film = FILM;
  answering({ [LIST]: () => ({ items: [film], next_cursor: null }), [`GET ${POSTER}`]: AWAITED });
  const { container } = await renderPage(<GalleryPage />);
  expect(await screen.findByText('Being made ready')).toBeVisible();
  film = { ...FILM, pictures: 'ready', width: 360, height: 640 };
  act(() => tellNews('renditions', { id: 'f', names: ['poster', 'web'], error: null }));
  await vi.waitFor(() => expect(container.querySelector('img')).toHaveAttribute('src', POSTER));
  expect(container.querySelector('img')).toHaveAttribute('height', '640');
});

test('where there is nothing to be seen, the way leads to the upload', async () => {
  answering({ [LIST]: { items: [], next_cursor: null } });
  await renderPage(<GalleryPage />);
  expect(await screen.findByRole('link', { name: 'Upload' })).toHaveAttribute('href', '/');
});
