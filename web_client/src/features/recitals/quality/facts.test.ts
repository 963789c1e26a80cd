import { expect, test } from 'vitest';
import { factsOf } from './facts';

test('measures are told as people speak of them', () => {
  const measures = {
    word_error_rate: 0.25,
    signal_to_noise_db: 31.6,
    clipping_share: 0.0008,
    seconds_per_character: 0.07,
    leading_silence_ms: 1240,
  };
  expect(factsOf(measures, 'en')).toEqual([
    { name: 'words', value: '75%' },
    { name: 'noise', value: '32', unit: 'decibels' },
    { name: 'distorted', value: '0.08%' },
    { name: 'pace', value: '14', unit: 'letters' },
    { name: 'before', value: '1.2 sec' },
  ]);
});

test('what could not be measured is left out, and no more than all words are wrong', () => {
  expect(
    factsOf({ word_error_rate: null, signal_to_noise_db: null, seconds_per_character: 0 }, 'en'),
  ).toEqual([]);
  expect(factsOf({ word_error_rate: 3 }, 'en')).toEqual([{ name: 'words', value: '0%' }]);
});
