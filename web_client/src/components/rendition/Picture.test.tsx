import { focusManager, onlineManager, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, renderHook, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LOOK_AGAIN_MS } from '@/api/renditions';
import { answering, problem } from '@/test/answers';
import { hearNews, tellNews } from '@/test/news';
import { quietQueries, renderPage } from '@/test/render';
import { Picture } from './Picture';
import { useLoaded } from './useLoaded';
import { useStanding } from './useStanding';

const ADDRESS = '/api/v1/results/r1/renditions/thumbnail';
const LOOK = `GET ${ADDRESS}`;
const AWAITED = () => Response.json({ name: 'thumbnail', status: 'under_way' }, { status: 202 });

beforeEach(hearNews);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  focusManager.setFocused(undefined);
  onlineManager.setOnline(true);
});

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

function hold<T, P>(hook: (props: P) => T, initialProps: P) {
  const queries = quietQueries();
  return renderHook(hook, {
    initialProps,
    wrapper: ({ children }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>,
  });
}

test('what was deleted while it was awaited is not asked for again and again', async () => {
  vi.useFakeTimers();
  let isGone = false;
  const asked = answering({ [LOOK]: () => (isGone ? problem(404, 'not_found') : AWAITED()) });
  hold(() => useStanding(ADDRESS, true), {});
  await vi.advanceTimersByTimeAsync(LOOK_AGAIN_MS);
  isGone = true;
  await vi.advanceTimersByTimeAsync(5 * LOOK_AGAIN_MS);
  expect(asked).toHaveLength(3);
});

test('what is shown stays when somebody comes back to the page and the service can not be reached', async () => {
  const asked = answering({ [LOOK]: () => new Response() });
  await show(false);
  await picture();
  act(() => focusManager.setFocused(false));
  act(() => focusManager.setFocused(true));
  expect(await picture()).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('who is offline is told so', async () => {
  onlineManager.setOnline(false);
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  const { result } = hold(() => useStanding(ADDRESS, true), {});
  await waitFor(() => expect(result.current.error).toMatchObject({ code: 'offline' }));
});

test('what could not be asked about is shown once it is known to be there', async () => {
  answering({ [LOOK]: problem(503, 'unavailable') });
  const { result, rerender } = hold(({ isMade }) => useLoaded(ADDRESS, isMade), { isMade: false });
  await waitFor(() => expect(result.current.state).toBe('failed'));
  rerender({ isMade: true });
  expect(result.current).toMatchObject({ state: 'there', error: null });
});
