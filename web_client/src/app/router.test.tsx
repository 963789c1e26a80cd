import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { Toasts } from '@/components/Toast';
import { answering } from '@/test/answers';
import { makeQueryClient } from './queries';
import { makeRouter } from './router';

vi.stubGlobal('scrollTo', () => {});

/** Open the page at an address, as somebody. */
async function open(path: string, session: object) {
  answering({ 'GET /api/v1/auth/session': { providers: ['cognito'], ...session } });
  const queries = makeQueryClient(() => {});
  const router = makeRouter(queries);
  router.update({ context: { queries }, history: createMemoryHistory({ initialEntries: [path] }) });
  await router.load();
  render(
    <QueryClientProvider client={queries}>
      <Toasts>
        <RouterProvider router={router} />
      </Toasts>
    </QueryClientProvider>,
  );
  return router;
}

test('who is not signed in is sent to the sign-in page, which knows where they were going', async () => {
  const router = await open('/admin/audit?actor=7', {});
  expect(router.state.location.pathname).toBe('/sign-in');
  expect(router.state.location.search).toEqual({ to: '/admin/audit?actor=7' });
  expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
});

test('an address elsewhere is not kept', async () => {
  const router = await open('/sign-in?to=//elsewhere.example', {});
  await vi.waitFor(() => expect(router.state.location.search).toEqual({}));
});

test('an unknown address says so, with a way on', async () => {
  await open('/nothing', {});
  expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Skip to the content' })).toHaveAttribute('href', '#main');
});
