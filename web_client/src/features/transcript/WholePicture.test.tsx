import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering } from '@/test/answers';
import { hearNews } from '@/test/news';
import { renderPage } from '@/test/render';
import { resultWith } from './result.fixture';
import { WholePicture } from './WholePicture';

beforeEach(hearNews);
afterEach(() => vi.unstubAllGlobals());

test('a picture that could not be made again says why, and is tried again when asked', async () => {
  const asked = answering({ 'POST /api/v1/results/r1/retry': undefined });
  const pictures_error = { code: 'incomplete', message: 'Send it again.' };
  const result = resultWith([], { kind: 'image', status: 'completed', pictures: 'failed', pictures_error });
  const { person } = await renderPage(<WholePicture result={result} />);
  await person.click(screen.getByRole('button', { name: 'Try again' }));
  expect(asked).toHaveLength(1);
});
