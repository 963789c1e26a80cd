import { useTranslation } from 'react-i18next';
import type { Recital } from '@/api/recitals';
import { useSession } from '@/api/session';
import { Length } from '@/components/list/Length';
import { RecitalStatusMark } from '@/components/recital/RecitalStatusMark';
import { formatDateTime } from '@/lib/format';
import { languageName } from '@/lib/languageName';

/** What there is to know of a recital at a glance. */
export function Facts({ recital }: { recital: Recital }) {
  const { t, i18n } = useTranslation('recitals');
  const { user_id } = useSession();
  const { status, duration_ms, language, created_at, owner } = recital;
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <RecitalStatusMark status={status} />
      {duration_ms !== null && <Length ms={duration_ms} />}
      <span>{languageName(language, i18n.language)}</span>
      <time dateTime={created_at}>{formatDateTime(created_at, i18n.language)}</time>
      {owner && owner.id !== user_id && (
        <span>
          {t('by')} <bdi className="font-medium text-ink">{owner.name ?? owner.email ?? owner.id}</bdi>
        </span>
      )}
    </p>
  );
}
