import type { Schemas } from '@/api/client';

export type Wish = Schemas['TranscribeWish'];

/** What the form asks for, read from its fields; what is left empty, the service decides. */
export function readWish(form: FormData): Wish {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const engine = text('engine');
  const speakers = Number(text('speakers'));
  return {
    ...(engine === 'whisper' || engine === 'aws' ? { engine } : {}),
    ...(text('language') ? { language: text('language') } : {}),
    ...(text('model') ? { model: text('model') } : {}),
    ...(speakers > 0 ? { speakers } : {}),
    ...(text('vocabulary') ? { vocabulary: text('vocabulary') } : {}),
    ...(form.get('redact') ? { redact: true } : {}),
  };
}

/** Languages that are offered by name, as much as engines understand; others can't be told from a list so short. */
export const SPOKEN = [
  ...[
    'en',
    'he',
    'yi',
    'ar',
    'zh',
    'cs',
    'da',
    'nl',
    'fi',
    'fr',
    'de',
    'el',
    'hi',
    'hu',
    'id',
    'it',
    'ja',
    'ko',
  ],
  ...['no', 'fa', 'pl', 'pt', 'ro', 'ru', 'es', 'sv', 'th', 'tr', 'uk', 'vi'],
] as const;
