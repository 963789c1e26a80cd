import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import { SignUpPage } from './SignUpPage';

const SIGN_UP = 'POST /api/v1/auth/sign-up';
const language = <input aria-label="Language" name="language" defaultValue="he" />;

async function open(at = '/sign-up') {
  const drawn = await renderPage(<SignUpPage languageField={language} />, { at });
  const fill = async ({ email = 'ada@example.com', password = 'Correct-horse-7' } = {}) => {
    await drawn.person.type(screen.getByLabelText('Name'), ' Ada ');
    await drawn.person.type(screen.getByLabelText('E-mail address'), email);
    await drawn.person.type(screen.getByLabelText('Password'), password);
  };
  return { ...drawn, fill, button: screen.getByRole('button', { name: 'Sign up' }) };
}

/** An answer that comes when the test says so. */
function held() {
  let resolve: (answer: unknown) => void = () => {};
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('who has filled it in goes on to the code, with the address and the way on', async () => {
  const asked = answering({ [SIGN_UP]: { detail: 'If there is…' } });
  const { person, fill, button, router } = await open('/sign-up?to=%2Fresults');
  await fill();
  await person.click(button);
  await waitFor(() => expect(router.state.location.pathname).toBe('/confirm'));
  expect(await asked[0]?.json()).toEqual({
    name: 'Ada',
    email: 'ada@example.com',
    password: 'Correct-horse-7',
    language: 'he',
  });
  expect(router.state.location.search).toEqual({ to: '/results' });
  expect(router.state.location.state.email).toBe('ada@example.com');
});

test('what is wrong is said before anything is sent, and the first of it gets the focus', async () => {
  const asked = answering({});
  const { person, fill, button } = await open();
  await fill({ email: 'ada', password: 'short' });
  await person.click(button);
  const email = screen.getByLabelText('E-mail address');
  expect(email).toHaveFocus();
  expect(email).toHaveAccessibleDescription(/Write your whole e-mail address/);
  expect(screen.getByLabelText('Password')).toBeInvalid();
  expect(screen.getByLabelText('Name')).toBeValid();
  expect(asked).toHaveLength(0);
});

test('two quick presses of Enter make one account', async () => {
  const { promise, resolve } = held();
  const asked = answering({ [SIGN_UP]: () => promise });
  const { person, fill, router } = await open();
  await fill();
  await person.keyboard('{Enter}{Enter}');
  resolve({});
  await waitFor(() => expect(router.state.location.pathname).toBe('/confirm'));
  expect(asked).toHaveLength(1);
});

test('a password that the pool refuses is told at the password, and another one can be tried', async () => {
  const refusals = [
    problem(422, 'password_refused', 'The user pool does not take this password.'),
    undefined,
  ];
  const asked = answering({ [SIGN_UP]: () => refusals.shift() });
  const { person, fill, button, router } = await open();
  await fill();
  await person.click(button);
  const password = screen.getByLabelText('Password');
  await waitFor(() => expect(password).toHaveAccessibleDescription(/does not take this password/));
  expect(password).toHaveFocus();
  await person.type(password, '8{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/confirm'));
  expect(asked).toHaveLength(2);
});

test('what has nothing to do with a field is told above the button', async () => {
  answering({ [SIGN_UP]: problem(403, 'sign_up_refused', 'The user pool refuses this sign-up.') });
  const { person, fill, button } = await open();
  await fill();
  await person.click(button);
  expect(await screen.findByText('The user pool refuses this sign-up.')).toBeVisible();
});

test('a field that the API alone finds wrong is told in our own words', async () => {
  const errors = [
    { field: 'email', problem: 'Value error, an address without letters that stand for others' },
  ];
  answering({ [SIGN_UP]: problem(422, 'invalid_request', 'email: …', { errors }) });
  const { person, fill, button } = await open();
  await fill();
  await person.click(button);
  const email = screen.getByLabelText('E-mail address');
  await waitFor(() => expect(email).toHaveAccessibleDescription(/Write your whole e-mail address/));
  expect(email).toHaveFocus();
});

test('what the password has already is shown as it is written', async () => {
  const { person } = await open();
  const password = screen.getByLabelText('Password');
  await person.type(password, 'abc7');
  expect(password).toHaveAccessibleDescription(/a small letter \(a–z\)\s*\(done\)/);
  expect(password).not.toHaveAccessibleDescription(/12 characters or more\s*\(done\)/);
  await person.click(screen.getByRole('button', { name: 'Show the password' }));
  expect(password).toHaveAttribute('type', 'text');
});
