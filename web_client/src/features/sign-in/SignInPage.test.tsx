import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { sessionQuery } from '@/api/session';
import { answering, problem } from '@/test/answers';
import { quietQueries, renderPage } from '@/test/render';
import { InvitePage } from './InvitePage';
import { SignInPage } from './SignInPage';

const OFFER = { client_id: 'ours', nonce: 'once', login_uri: 'https://lectern.example/api/v1/auth/google' };

async function open(children: React.ReactNode, at: string, session: object) {
  const queries = quietQueries();
  queries.setQueryData(sessionQuery.queryKey, { providers: ['cognito'], ...session });
  return renderPage(children, { at, queries });
}

afterEach(() => {
  delete window.google;
});

test('the sign-in leads back to where somebody was going', async () => {
  await open(<SignInPage />, '/sign-in?to=%2Finvite%23a-b', {});
  expect(screen.getByRole('link', { name: 'Continue with e-mail' })).toHaveAttribute(
    'href',
    '/api/v1/auth/login?then=%2Finvite%23a-b',
  );
  expect(screen.getByRole('link', { name: 'New here? Sign up' })).toHaveAttribute(
    'href',
    '/sign-up?to=%2Finvite%23a-b',
  );
  expect(document.querySelector('script[src*="google"]')).toBeNull();
});

test('nothing is offered that this service does not have', async () => {
  await open(<SignInPage />, '/sign-in', { providers: [] });
  expect(screen.getByText(/no way to sign in here/)).toBeVisible();
  expect(screen.queryByRole('link')).toBeNull();
});

test('what Google vouches for begins a session, and its nonce is ours', async () => {
  const initialize = vi.fn();
  window.google = { accounts: { id: { initialize, renderButton: vi.fn() } } };
  const asked = answering({
    'GET /api/v1/auth/google': OFFER,
    'POST /api/v1/auth/google': { providers: ['google'], user_id: '1' },
    'GET /api/v1/auth/session': { providers: ['google'], user_id: '1' },
  });
  const { router } = await open(<SignInPage />, '/sign-in?to=%2Fresults', { providers: ['google'] });
  await waitFor(() => expect(initialize).toHaveBeenCalled());
  const wish = initialize.mock.calls[0]?.[0];
  expect(wish).toMatchObject({ client_id: 'ours', nonce: 'once' });
  wish.callback({ credential: 'vouched' });
  await waitFor(() => expect(router.state.location.pathname).toBe('/results'));
  const sent = new URLSearchParams(await asked[1]?.text());
  expect(sent.get('credential')).toBe('vouched');
  expect(sent.get('g_csrf_token')).toBeTruthy();
});

test('an invite says what it gives, and sends the signed-out to the sign-in and back', async () => {
  const asked = answering({
    'POST /api/v1/invites/look': { role: 'speaker', expires_at: '2027-01-01T00:00:00Z' },
  });
  await open(<InvitePage />, '/invite#s3cret', {});
  expect(await screen.findByText(/invited to be a speaker/)).toBeVisible();
  expect(await asked[0]?.json()).toEqual({ secret: 's3cret' });
  expect(screen.getByRole('link', { name: 'Sign in' })).toHaveAttribute(
    'href',
    '/sign-in?to=%2Finvite%23s3cret',
  );
  expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull();
});

test('an invite is accepted once', async () => {
  const asked = answering({
    'POST /api/v1/invites/look': { role: 'speaker', expires_at: '2027-01-01T00:00:00Z' },
    'POST /api/v1/invites/accept': { role: 'speaker' },
    'GET /api/v1/auth/session': { providers: [] },
  });
  const { person } = await open(<InvitePage />, '/invite#s3cret', {
    user_id: '1',
    email: 'ada@example.com',
  });
  await person.dblClick(await screen.findByRole('button', { name: 'Accept' }));
  expect(await screen.findByText('You are a speaker now.')).toBeVisible();
  expect(asked.filter(({ url }) => url.endsWith('/accept'))).toHaveLength(1);
});

test('an invite that does not hold says so', async () => {
  answering({ 'POST /api/v1/invites/look': problem(404, 'no_such_invite', 'This invite does not hold.') });
  await open(<InvitePage />, '/invite#old', {});
  expect(await screen.findByText('This invite does not hold.')).toBeVisible();
});
