import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { answering, problem } from '@/test/answers';
import { renderPage } from '@/test/render';
import { AddPage } from './AddPage';

test('a text is added with what is said of it, and is then shown', async () => {
  const asked = answering({ 'POST /api/v1/documents': { id: 'new-one' } });
  const { person, router } = await renderPage(<AddPage />);
  await person.type(screen.getByRole('textbox', { name: 'Text' }), 'It was late.');
  await person.selectOptions(screen.getByLabelText('Language'), 'yi');
  await person.click(screen.getByLabelText('Everybody may read it aloud'));
  await person.click(screen.getByRole('button', { name: 'Add' }));
  expect(await asked[0]?.json()).toEqual({
    text: 'It was late.',
    title: null,
    language: 'yi',
    is_public: true,
  });
  expect(router.state.location.pathname).toBe('/documents/new-one');
});

test('what is missing is said beside its field, and nothing is sent', async () => {
  const asked = answering({});
  const { person } = await renderPage(<AddPage />);
  await person.click(screen.getByLabelText('Wikipedia'));
  await person.type(screen.getByLabelText('Address of the article'), 'https://example.org/');
  await person.click(screen.getByRole('button', { name: 'Add' }));
  expect(screen.getByLabelText('Address of the article')).toBeInvalid();
  expect(screen.getByText(/Give the address of a Wikipedia article/)).toBeVisible();
  expect(asked).toEqual([]);
});

test('what the service says of an address is shown, until another way is chosen', async () => {
  answering({ 'POST /api/v1/documents': problem(503, 'wikipedia_unreachable') });
  const { person } = await renderPage(<AddPage />);
  await person.click(screen.getByLabelText('Wikipedia'));
  await person.type(screen.getByLabelText('Address of the article'), 'https://en.wikipedia.org/wiki/Lectern');
  await person.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText(/Wikipedia can’t be reached/)).toBeVisible();
  await person.click(screen.getByLabelText('Text', { selector: '[type=radio]' }));
  expect(screen.queryByText(/Wikipedia can’t be reached/)).toBeNull();
});
