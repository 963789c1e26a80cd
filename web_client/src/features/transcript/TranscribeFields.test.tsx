import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPage } from '@/test/render';
import type { Engine, Offer } from './offer';
import { TranscribeFields } from './TranscribeFields';

const HOUR_MS = 3_600_000;

const WHISPER: Engine = {
  name: 'whisper',
  languages: ['en'],
  models: [
    { name: 'tiny.en', languages: ['en'] },
    { name: 'large-v3', languages: ['en', 'he'] },
  ],
  options: ['model'],
  redacts: [],
  longest_ms: null,
};
const AWS: Engine = {
  name: 'aws',
  languages: ['en', 'he'],
  models: [],
  options: ['speakers', 'vocabulary', 'redact'],
  redacts: ['en'],
  longest_ms: 4 * HOUR_MS,
};

async function show(offer: Offer, durationMs = 1000) {
  const { person } = await renderPage(
    <TranscribeFields offer={offer} result={{ language: 'en', duration_ms: durationMs }} />,
  );
  return { person, choose: (field: string, value: string) => person.selectOptions(list(field), value) };
}

const list = (name: string) => screen.getByRole('combobox', { name });
const choices = (name: string) =>
  within(list(name))
    .getAllByRole('option')
    .filter((option) => !(option as HTMLOptionElement).disabled)
    .map((option) => (option as HTMLOptionElement).value);

test('the languages are those of what is chosen, and a language that it lacks is dropped', async () => {
  const { choose } = await show({ languages: ['en', 'he'], engines: [WHISPER, AWS] });
  expect(choices('Spoken language')).toEqual(['', 'en', 'he']);
  await choose('Spoken language', 'he');
  await choose('Engine', 'whisper');
  expect(choices('Spoken language')).toEqual(['', 'en']);
  expect(list('Spoken language')).toHaveValue('');
  await choose('Model', 'large-v3');
  expect(choices('Spoken language')).toEqual(['', 'en', 'he']);
});

test('an engine that can not have a recording of this length is not to be chosen', async () => {
  await show({ languages: ['en'], engines: [WHISPER, AWS] }, 5 * HOUR_MS);
  expect(choices('Engine')).toEqual(['', 'whisper']);
});

test('where there is one engine, there is nothing to choose but what it can do', async () => {
  const { choose } = await show({ languages: ['en', 'he'], engines: [AWS] });
  expect(screen.queryByRole('combobox', { name: 'Engine' })).toBeNull();
  const redact = screen.getByRole('checkbox', { name: 'Hide personal data' });
  expect(redact).toBeDisabled();
  await choose('Spoken language', 'he');
  expect(redact).toBeDisabled();
  await choose('Spoken language', 'en');
  expect(redact).toBeEnabled();
});
