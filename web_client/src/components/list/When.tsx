import { useTranslation } from 'react-i18next';
import { formatDateTime, formatWhen } from '@/lib/format';

/** A time as it is spoken of, and exactly on pointing at it. */
export function When({ at }: { at: string }) {
  const { language } = useTranslation().i18n;
  return (
    <time dateTime={at} title={formatDateTime(at, language)}>
      {formatWhen(at, language)}
    </time>
  );
}
