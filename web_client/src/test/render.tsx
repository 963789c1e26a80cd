/** Draws a component as the page would, with what is around it there. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { Toasts } from '@/components/Toast';

interface Around {
  /** The address that the page is at. */
  at?: string;
  /** Prepared, where a test has to put something into it. */
  queries?: QueryClient;
}

/** Draw, and return what is drawn with a person who acts on it and the router that says where they are. */
export async function renderPage(children: ReactNode, { at = '/', queries = quietQueries() }: Around = {}) {
  const root = createRootRoute();
  const anywhere = createRoute({ getParentRoute: () => root, path: '$', component: () => children });
  const first = createRoute({ getParentRoute: () => root, path: '/', component: () => children });
  const router = createRouter({
    routeTree: root.addChildren([first, anywhere]),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  await router.load();
  const drawn = render(
    <QueryClientProvider client={queries}>
      <Toasts>
        <RouterProvider router={router as never} />
      </Toasts>
    </QueryClientProvider>,
  );
  return { ...drawn, person: userEvent.setup(), router, queries };
}

/** Query without second tries, which would make tests of failures slow. */
export function quietQueries(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
}
