import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import { ConfirmPage } from './ConfirmPage';
import { ForgotPasswordPage } from './ForgotPasswordPage';
import { ResetPasswordPage } from './ResetPasswordPage';

const EMAIL = 'ada@example.com';

test('a pasted sentence confirms the address, and the way on is kept', async () => {
  const asked = answering({ 'POST /api/v1/auth/confirm': undefined });
  const { person, router } = await renderPage(<ConfirmPage />, { at: '/confirm?to=%2Finvite%23secret' });
  await person.type(screen.getByLabelText('E-mail address'), EMAIL);
  await person.click(screen.getByLabelText('Code from the mail'));
  await person.paste('Your confirmation code is 012345.');
  await person.keyboard('{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'));
  expect(await asked[0]?.json()).toEqual({ email: EMAIL, code: '012345' });
  expect(router.state.location.search).toEqual({ to: '/invite#secret', news: 'confirmed' });
});

test('a code that does not hold is told at the code, and another one can be had', async () => {
  const asked = answering({
    'POST /api/v1/auth/confirm': problem(400, 'code_refused', 'The code is wrong.'),
    'POST /api/v1/auth/resend-code': { detail: 'If there is…' },
  });
  const { person } = await renderPage(<ConfirmPage />);
  const again = screen.getByRole('button', { name: 'Send another code' });
  await person.click(again);
  expect(screen.getByText('Write your whole e-mail address above first.')).toBeVisible();
  await person.type(screen.getByLabelText('E-mail address'), EMAIL);
  const code = screen.getByLabelText('Code from the mail');
  await person.type(code, '111111{Enter}');
  await waitFor(() => expect(code).toHaveAccessibleDescription(/The code is wrong/));
  expect(code).toHaveFocus();
  await person.click(again);
  expect(await screen.findByText(/another code is on its way/)).toHaveTextContent(EMAIL);
  expect(await asked[1]?.json()).toEqual({ email: EMAIL });
});

test('the address is carried from the forgotten password to the new one', async () => {
  answering({ 'POST /api/v1/auth/forgot-password': { detail: 'If there is…' } });
  const { person, router } = await renderPage(<ForgotPasswordPage />);
  await person.type(screen.getByLabelText('E-mail address'), `${EMAIL}{Enter}`);
  await waitFor(() => expect(router.state.location.pathname).toBe('/reset-password'));
  expect(router.state.location.state.email).toBe(EMAIL);
  expect(router.state.location.href).not.toContain(EMAIL);
});

test('a new password is set by the code', async () => {
  const asked = answering({ 'POST /api/v1/auth/reset-password': undefined });
  const { person, router } = await renderPage(<ResetPasswordPage />);
  await person.type(screen.getByLabelText('E-mail address'), EMAIL);
  await person.type(screen.getByLabelText('Code from the mail'), '123456');
  await person.type(screen.getByLabelText('New password'), 'Battery-staple-8{Enter}');
  await waitFor(() => expect(router.state.location.search).toEqual({ news: 'reset' }));
  expect(await asked[0]?.json()).toEqual({ email: EMAIL, code: '123456', password: 'Battery-staple-8' });
});
