import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import { SharedPage } from './SharedPage';

const SHARED = {
  title: 'Talk',
  duration_ms: 2000,
  language: 'en',
  text: 'Good morning.',
  segments: [{ index: 0, start_ms: 0, end_ms: 900, text: 'Good morning.', speaker: null, confidence: 0.9 }],
  words: [
    { segment: 0, start_ms: 0, end_ms: 400, text: 'Good', confidence: 0.9 },
    { segment: 0, start_ms: 400, end_ms: 900, text: 'morning.', confidence: 0.9 },
  ],
  sound: null,
  expires_at: null,
};
const LOOK = 'POST /api/v1/shared/look';

test('the text is shown to whoever has the secret after the #, and without sound there is no player', async () => {
  const asked = answering({ [LOOK]: SHARED });
  await renderPage(<SharedPage />, { at: '/shared#abc' });
  expect(await screen.findByRole('heading', { name: /Talk/ })).toBeVisible();
  expect(screen.getByText('morning.')).toBeVisible();
  expect(screen.queryByRole('region', { name: 'Player' })).toBeNull();
  expect(await asked[0]?.json()).toEqual({ secret: 'abc' });
});

test('a link that does not hold says so, and one without its secret asks nobody', async () => {
  answering({ [LOOK]: problem(404, 'not_found', 'There is no such share.') });
  await renderPage(<SharedPage />, { at: '/shared#old' });
  expect(await screen.findByText(/does not hold any more/)).toBeVisible();
});

test('without its secret nobody is asked', async () => {
  const asked = answering({});
  await renderPage(<SharedPage />, { at: '/shared' });
  expect(screen.getByText(/not whole/)).toBeVisible();
  expect(asked).toEqual([]);
});

test('the text is saved in a format, and the secret stands in no address', async () => {
  const asked = answering({ [LOOK]: SHARED, 'POST /api/v1/shared/transcript.srt': {} });
  const make = vi.fn(() => 'blob:file');
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: make, revokeObjectURL: vi.fn() }));
  const { person } = await renderPage(<SharedPage />, { at: '/shared#abc' });
  await person.click(await screen.findByRole('button', { name: 'Download' }));
  await person.click(screen.getByRole('menuitem', { name: /SRT/ }));
  await vi.waitFor(() => expect(make).toHaveBeenCalledOnce());
  expect(asked.every(({ url }) => !url.includes('abc'))).toBe(true);
});
