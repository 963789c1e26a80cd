import { useTranslation } from 'react-i18next';
import { Length } from '@/components/list/Length';
import { formatDateTime, formatSize } from '@/lib/format';
import { languageName } from '@/lib/languageName';
import type { Result } from './queries';

/** What there is to know of a result at a glance. */
export function Facts({ result }: { result: Result }) {
  const { i18n } = useTranslation('transcript');
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
      {result.duration_ms !== null && <Length ms={result.duration_ms} />}
      {result.language && <span>{languageName(result.language, i18n.language)}</span>}
      <time dateTime={result.created_at}>{formatDateTime(result.created_at, i18n.language)}</time>
      <span>{formatSize(result.size, i18n.language)}</span>
    </p>
  );
}
