import type { i18n } from 'i18next';
import { Problem } from '@/api/problem';

/** Codes come from the API, so that no type can say which there are. */
type Find = (keys: string[], options: Record<string, unknown>) => string;

/**
 * What to tell people of a failure: our own sentence for its code where there is one in their language, else
 * the API's. `namespace` holds the sentences of a feature, under `problems`.
 */
export function problemSentence(error: unknown, { t }: i18n, namespace?: string): string {
  const find = t as unknown as Find;
  if (!(error instanceof Problem)) return find(['components:problems.unexpected'], {});
  const places = namespace ? [namespace, 'components'] : ['components'];
  const keys = places.map((place) => `${place}:problems.${error.code}`);
  return find(keys, { ...error.members, defaultValue: error.detail });
}
