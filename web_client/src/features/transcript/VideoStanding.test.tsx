import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering } from '@/test/answers';
import { hearNews } from '@/test/news';
import { renderPage } from '@/test/render';
import { resultWith } from './result.fixture';
import { VideoStanding } from './VideoStanding';

const COMING = /The video is being made ready/;

beforeEach(hearNews);
afterEach(() => vi.unstubAllGlobals());

test('while the text is there and the video is not, it says so', async () => {
  const result = resultWith(['light'], { kind: 'video', pictures: 'under_way' });
  await renderPage(<VideoStanding result={result} />);
  expect(screen.getByText(COMING)).toBeVisible();
});

test('a video that can not be shown says why, and is tried again when asked', async () => {
  const asked = answering({ 'POST /api/v1/results/r1/retry': undefined });
  const pictures_error = { code: 'no_picture', message: 'The file has no picture.' };
  const result = resultWith(['light'], { kind: 'video', pictures: 'failed', pictures_error });
  const { person } = await renderPage(<VideoStanding result={result} />);
  expect(screen.getByText('The file has no picture.')).toBeVisible();
  await person.click(screen.getByRole('button', { name: 'Try again' }));
  expect(asked).toHaveLength(1);
});

test('a video from before there were any to be seen is made ready for who opens it', async () => {
  answering({
    'GET /api/v1/results/r1/renditions/web': () => Response.json({ status: 'under_way' }, { status: 202 }),
  });
  await renderPage(<VideoStanding result={resultWith(['light'], { kind: 'video', pictures: 'none' })} />);
  expect(await screen.findByText(COMING)).toBeVisible();
});
