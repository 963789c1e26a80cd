import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { type Me, meQuery } from '@/api/me';
import { answering, problem } from '@/test/answers';
import { quietQueries, renderPage } from '@/test/render';
import { AccountPage } from './AccountPage';
import { Banners } from './Banners';

const ME: Me = {
  id: '1',
  kind: 'person',
  email: 'ada@example.com',
  name: 'Ada',
  role: 'speaker',
  language: 'en',
  birth_year: null,
  sex: null,
  mails_texts: true,
  mails_failures: true,
  mail_refused_at: null,
  mail_refused_reason: null,
  created_at: '2026-11-01T12:00:00Z',
  last_login_at: '2026-11-20T12:00:00Z',
  leaves_at: null,
  agreement: null,
};
const USAGE = { days: 30, minutes: { used: 12.4, limit: 600 }, mb: { used: 1.5, limit: null } };
const ANSWERS = {
  'GET /api/v1/me': ME,
  'GET /api/v1/me/usage': USAGE,
  'GET /api/v1/auth/keys': { items: [] },
  'GET /api/v1/me/exports': { items: [], next_cursor: null },
  'GET /api/v1/auth/session': { providers: [] },
};

async function open(answers: Record<string, unknown> = {}, me: Partial<Me> = {}, page = <AccountPage />) {
  const asked = answering({ ...ANSWERS, ...answers });
  const queries = quietQueries();
  queries.setQueryData(meQuery.queryKey, { ...ME, ...me });
  const drawn = await renderPage(page, { queries });
  const changes = () => asked.filter(({ method }) => method !== 'GET');
  return { ...drawn, asked, changes };
}

afterEach(() => {
  vi.useRealTimers();
});

/** An answer that comes when the test says so. */
function held() {
  let resolve: (answer: unknown) => void = () => {};
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('only what is not as it was is sent, and an emptied field as null', async () => {
  const { person, changes } = await open(
    { 'PATCH /api/v1/me': { ...ME, birth_year: 1988, sex: null } },
    { sex: 'female' },
  );
  await person.type(screen.getByLabelText(/^Year of birth/), '1988');
  await person.selectOptions(screen.getByLabelText(/^Sex/), 'Not said');
  await person.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(await changes()[0]?.json()).toEqual({ birth_year: 1988, sex: null });
});

test.each(['88', '1899', '2999', 'x'])('a year of birth like %s is not sent', async (year) => {
  const { person, changes } = await open();
  const field = screen.getByLabelText(/^Year of birth/);
  await person.type(field, `${year}{Enter}`);
  expect(field).toHaveFocus();
  expect(field).toHaveAccessibleDescription(/in four digits/);
  expect(changes()).toHaveLength(0);
});

test('a mail that is not wished for is shown so at once', async () => {
  const { promise, resolve } = held();
  const { person, changes } = await open({ 'PATCH /api/v1/me': () => promise });
  const box = screen.getByRole('checkbox', { name: 'When a text is there' });
  await person.click(box);
  expect(box).not.toBeChecked();
  resolve({ ...ME, mails_texts: false });
  await waitFor(() => expect(screen.getByText('Saved')).toBeVisible());
  expect(box).not.toBeChecked();
  expect(await changes()[0]?.json()).toEqual({ mails_texts: false });
});

test('a key is made once, with its end, and shown', async () => {
  const made = { id: 'k', name: 'nightly', prefix: 'lk_01', scope: 'base', key: 'lk_01_secret' };
  const { promise, resolve } = held();
  const { person, changes } = await open({ 'POST /api/v1/auth/keys': () => promise });
  await person.click(await screen.findByRole('button', { name: 'Make a key' }));
  const dialog = within(screen.getByRole('dialog'));
  await person.click(dialog.getByRole('button', { name: 'Make it' }));
  expect(dialog.getByLabelText('What it is for')).toHaveFocus();
  expect(changes()).toHaveLength(0);
  // Those who are no admins are not asked for a scope.
  expect(dialog.queryByLabelText('What it may do')).toBeNull();
  await person.type(dialog.getByLabelText('What it is for'), 'nightly{Enter}{Enter}');
  resolve(made);
  expect(await screen.findByDisplayValue('lk_01_secret')).toBeVisible();
  expect(changes()).toHaveLength(1);
  const wish = await changes()[0]?.json();
  expect(wish).toMatchObject({ name: 'nightly', scope: 'base' });
  const days = (Date.parse(wish.expires_at) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(90);
});

test('the account is deleted only by who has typed the word', async () => {
  const { person, changes } = await open({
    'DELETE /api/v1/me': problem(409, 'last_admin', 'This is the last admin.'),
  });
  await person.click(screen.getByRole('button', { name: 'Delete my account…' }));
  const dialog = within(screen.getByRole('dialog'));
  const confirm = dialog.getByRole('button', { name: 'Delete my account' });
  await person.click(confirm);
  expect(dialog.getByRole('textbox')).toHaveAccessibleDescription(/just like this/);
  expect(changes()).toHaveLength(0);
  await person.type(dialog.getByRole('textbox'), 'Delete');
  await person.click(confirm);
  expect(await dialog.findByText('This is the last admin.')).toBeVisible();
});

test('whoever’s mail came back is told so, and can have it sent again', async () => {
  const refused = { mail_refused_at: ME.created_at, mail_refused_reason: 'bounced' } as const;
  const { person, changes } = await open({ 'PATCH /api/v1/me': ME }, refused);
  await person.click(screen.getByRole('button', { name: 'Send mail again' }));
  await waitFor(() => expect(screen.queryByText(/came back/)).toBeNull());
  expect(await changes()[0]?.json()).toEqual({ mails_texts: true });
});

test('an export is asked after only while it is pending', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const pending = {
    id: 'e',
    status: 'pending',
    created_at: ME.created_at,
    size: null,
    url: null,
    error: null,
  };
  const ready = { ...pending, status: 'ready', size: 2_000_000, url: 'https://store.example/mine.zip' };
  const pages = [[], [pending], [ready]];
  const { asked } = await open({
    'GET /api/v1/me/exports': () => ({ items: pages.length > 1 ? pages.shift() : pages[0] }),
    'POST /api/v1/me/export': pending,
  });
  const looks = () => asked.filter(({ url }) => url.includes('/me/exports')).length;
  (await screen.findByRole('button', { name: 'Put it together' })).click();
  expect(await screen.findByText(/being put together/)).toBeVisible();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(looks()).toBe(1);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await screen.findByRole('link', { name: 'Download' })).toHaveAttribute('href', ready.url);
  const before = looks();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks()).toBe(before);
});

test('terms are agreed to in the version that was shown', async () => {
  const agreement = { version: '2026-11', url: 'https://lectern.example/terms', agreed_at: null };
  const { person, changes } = await open(
    { 'POST /api/v1/me/agreement': { ...ME, agreement: { ...agreement, agreed_at: ME.created_at } } },
    { agreement },
    <Banners />,
  );
  expect(screen.getByRole('link', { name: /Read the terms/ })).toHaveAttribute('href', agreement.url);
  await person.click(screen.getByRole('button', { name: /agree/ }));
  await waitFor(() => expect(screen.queryByRole('link', { name: /Read the terms/ })).toBeNull());
  expect(await changes()[0]?.json()).toEqual({ version: '2026-11' });
});

test('who is about to be deleted can stay', async () => {
  const { person, changes } = await open(
    { 'POST /api/v1/me/stay': undefined },
    { leaves_at: '2026-12-05T12:00:00Z' },
    <Banners />,
  );
  await person.click(screen.getByRole('button', { name: 'Keep my account' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Keep my account' })).toBeNull());
  expect(changes()).toHaveLength(1);
});
