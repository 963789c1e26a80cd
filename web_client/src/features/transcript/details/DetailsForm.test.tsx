import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import type { Result } from '../queries';
import { DetailsForm } from './DetailsForm';

const ADDRESS = '/api/v1/results/r';
const RESULT = { id: 'r', title: 'One', tags: ['a'], notes: '', revision: 3 } as unknown as Result;
const NO_TAGS = { 'GET /api/v1/results/tags': { items: [{ tag: 'known', count: 2 }] } };

async function draw(replies: Record<string, unknown>) {
  const asked = answering({ ...NO_TAGS, ...replies });
  const closed = vi.fn();
  const drawn = await renderPage(<DetailsForm result={RESULT} onClose={closed} />);
  const sent = () => asked.filter(({ method }) => method === 'PATCH');
  return { ...drawn, closed, sent };
}

test('what is changed is sent, with what it was changed from', async () => {
  const { person, closed, sent } = await draw({ [`PATCH ${ADDRESS}`]: {} });
  await person.type(screen.getByLabelText('Tags'), ' b {Enter}A{Enter}');
  await person.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(await sent()[0]?.json()).toEqual({ tags: ['a', 'b'] });
  expect(sent()[0]?.headers.get('If-Match')).toBe('"3"');
});

test('nothing is sent where nothing was changed', async () => {
  const { person, closed, sent } = await draw({});
  await person.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(sent()).toEqual([]);
});

test('what somebody else has changed apart from it is kept, without a question', async () => {
  const answers = [problem(412, 'revision_differs'), Response.json({})];
  const { person, closed, sent } = await draw({
    [`PATCH ${ADDRESS}`]: () => answers.shift(),
    [`GET ${ADDRESS}`]: { ...RESULT, notes: 'Theirs', revision: 4 },
  });
  await person.type(screen.getByLabelText('Title'), ' more');
  await person.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(sent()[1]?.headers.get('If-Match')).toBe('"4"');
  expect(await sent()[1]?.json()).toEqual({ title: 'One more' });
});

test('what both have changed is asked about, and theirs can be taken', async () => {
  const { person, closed, sent } = await draw({
    [`PATCH ${ADDRESS}`]: problem(412, 'revision_differs'),
    [`GET ${ADDRESS}`]: { ...RESULT, title: 'Theirs', revision: 4 },
  });
  await person.type(screen.getByLabelText('Title'), ' more');
  await person.click(screen.getByRole('button', { name: 'Save' }));
  await person.click(await screen.findByRole('button', { name: 'Take theirs' }));
  expect(screen.getByLabelText('Title')).toHaveValue('Theirs');
  await person.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(sent().length).toBe(1);
});
