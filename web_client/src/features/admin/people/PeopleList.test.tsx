import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import { PeopleList } from './PeopleList';
import type { Person } from './people';

const session = { user_id: 'x', role: 'admin', providers: [] };

function person(name: string, role: Person['role'] = 'speaker'): Person {
  const day = '2026-11-01T08:00:00Z';
  return {
    id: name,
    name,
    role,
    email: `${name}@example.com`,
    created_at: day,
    last_login_at: day,
    leaves_at: null,
  };
}

beforeEach(() => {
  // There is nothing to see in a test, so nothing comes into view.
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});

function draw(people: (request: Request) => unknown, wanted = {}) {
  const asked = answering({ 'GET /api/v1/auth/session': session, 'GET /api/v1/admin/people': people });
  const want = vi.fn();
  const searches = () =>
    asked.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname.endsWith('/people'));
  return { page: renderPage(<PeopleList wanted={wanted} onWant={want} />), want, searches };
}

test('asks for what the address says, and goes on from where a page ended', async () => {
  const { page, searches } = draw(
    ({ url }) =>
      new URL(url).searchParams.has('cursor')
        ? { items: [person('bob')], next_cursor: null }
        : { items: [person('ada')], next_cursor: 'next' },
    { query: 'a', role: 'speaker' },
  );
  const { person: somebody } = await page;
  expect(await screen.findByText('ada')).toBeVisible();
  await somebody.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByText('bob')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
  expect(searches().map(({ searchParams }) => Object.fromEntries(searchParams))).toEqual([
    { query: 'a', role: 'speaker', limit: '50' },
    { query: 'a', role: 'speaker', limit: '50', cursor: 'next' },
  ]);
});

test('a page that fails leaves those before it, and is asked for again', async () => {
  let failures = 1;
  const { page } = draw(({ url }) => {
    if (!new URL(url).searchParams.has('cursor')) return { items: [person('ada')], next_cursor: 'next' };
    failures -= 1;
    return failures < 0
      ? { items: [person('bob')], next_cursor: null }
      : problem(503, 'unavailable', 'A part of the service does not answer. Try again.');
  });
  const { person: somebody } = await page;
  await somebody.click(await screen.findByRole('button', { name: 'Show more' }));
  const note = (await screen.findByText('A part of the service does not answer. Try again.')).parentElement;
  expect(screen.getByText('ada')).toBeVisible();
  await somebody.click(within(note as HTMLElement).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('bob')).toBeVisible();
});

test('a search keeps the role, and an emptied one is no longer in the address', async () => {
  const { page, want } = draw(() => ({ items: [], next_cursor: null }), { query: 'ada', role: 'admin' });
  await page;
  const field = await screen.findByRole('searchbox');
  for (const query of ['eve', '']) {
    fireEvent.change(field, { target: { value: query } });
    fireEvent.keyDown(field, { key: 'Enter' });
  }
  expect(want.mock.calls).toEqual([[{ query: 'eve', role: 'admin' }], [{ query: undefined, role: 'admin' }]]);
  expect(await screen.findByText('Nobody found')).toBeVisible();
});

test('only those who wait are offered for approval', async () => {
  const { page } = draw(() => ({ items: [person('ada'), person('bob', 'none')], next_cursor: null }));
  await page;
  expect(await screen.findByRole('button', { name: 'Approve bob' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Approve ada' })).not.toBeInTheDocument();
});
