import { render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { Problem } from '@/api/problem';
import { ProblemNote } from './ProblemNote';
import { problemSentence } from './problemSentence';

const limit = new Problem({
  code: 'too_many_requests',
  status: 429,
  detail: 'Wait 7 seconds.',
  requestId: 'r-1',
});

test('English shows the sentence of the API, other languages their own, and an unknown code the API’s', async () => {
  expect(problemSentence(limit, i18next)).toBe('Wait 7 seconds.');
  await i18next.changeLanguage('he');
  expect(problemSentence(limit, i18next)).toContain('המתינו');
  const unknown = new Problem({ code: 'never_heard', status: 409, detail: 'Do this.' });
  expect(problemSentence(unknown, i18next, 'results')).toBe('Do this.');
});

test('what is no problem of the API is not shown in its own words', () => {
  render(<ProblemNote error={new TypeError('x is undefined')} />);
  expect(screen.getByRole('alert')).toHaveTextContent('Something went wrong on this page.');
});

test('only a failure of the service shows under which id it is logged', () => {
  const { rerender } = render(<ProblemNote error={limit} />);
  expect(screen.queryByText('r-1')).not.toBeInTheDocument();
  const ours = new Problem({ code: 'internal_error', status: 500, detail: 'Ours.', requestId: 'r-2' });
  rerender(<ProblemNote error={ours} />);
  expect(screen.getByText('r-2')).toBeInTheDocument();
});
