import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import { hearNews, tellNews } from '@/test/news';
import { renderPage } from '@/test/render';
import { DownloadMenu } from './DownloadMenu';
import { resultWith } from './result.fixture';

const WEB = '/api/v1/results/r1/renditions/web';
const VIDEO = resultWith(['light', 'source', 'web'], { kind: 'video', pictures: 'ready' });
const saved: string[] = [];

beforeEach(() => {
  hearNews();
  saved.length = 0;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.getAttribute('href') ?? '');
  });
});
afterEach(() => vi.unstubAllGlobals());

async function askFor(name: RegExp) {
  const { person } = await renderPage(<DownloadMenu result={VIDEO} />);
  await person.click(screen.getByRole('button', { name: 'Download' }));
  await person.click(screen.getByRole('menuitem', { name }));
}

test('what has expired is saved once it was made again, and people are told to wait', async () => {
  let isThere = false;
  answering({
    [`GET ${WEB}`]: () =>
      isThere ? new Response() : Response.json({ status: 'under_way' }, { status: 202 }),
  });
  await askFor(/For playing/);
  expect((await screen.findAllByText(/has to be made ready first/))[0]).toBeInTheDocument();
  expect(saved).toEqual([]);
  isThere = true;
  act(() => tellNews('renditions', { id: 'r1', names: ['poster', 'web'], error: null }));
  await vi.waitFor(() => expect(saved).toEqual([`${WEB}?save=true`]));
});

test('nothing is saved of what can not be had', async () => {
  const asked = answering({ [`GET ${WEB}`]: problem(409, 'source_gone', 'It is gone.') });
  await askFor(/For playing/);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(saved).toEqual([]);
});
