import { useTranslation } from 'react-i18next';
import { Length } from '@/components/list/Length';
import { Mark } from '@/components/Mark';
import type { Summary } from '@/components/results/pages';
import { formatDateTime, formatWhen } from '@/lib/format';
import { languageName } from '@/lib/languageName';
import { StatusMark } from './StatusMark';

/** What there is to know of a result besides its words. */
export function RowFacts({ result }: { result: Summary }) {
  const { t, i18n } = useTranslation('find');
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-muted text-sm">
      <StatusMark status={result.status} />
      {result.duration_ms !== null && <Length ms={result.duration_ms} />}
      {result.language && <span>{languageName(result.language, i18n.language)}</span>}
      <time dateTime={result.created_at} title={formatDateTime(result.created_at, i18n.language)}>
        {formatWhen(result.created_at, i18n.language)}
      </time>
      {result.origin === 'recital' && <span>{t('origin.recital')}</span>}
      {result.flags.includes('low_confidence') && <Mark look="warning">{t('flag.low_confidence')}</Mark>}
    </div>
  );
}
