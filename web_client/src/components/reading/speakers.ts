import type { TFunction } from 'i18next';

/** What the engine calls those that it tells apart without knowing them. */
const NUMBERED = /^Speaker (\d+)$/;

/** A speaker's name, in the language of the page where the engine has only numbered them. */
export function nameOfSpeaker(speaker: string, t: TFunction<'player'>): string {
  const number = NUMBERED.exec(speaker)?.[1];
  return number === undefined ? speaker : t('speaker', { number });
}
