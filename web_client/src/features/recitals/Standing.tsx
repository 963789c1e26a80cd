import { useTranslation } from 'react-i18next';
import type { Recital } from '@/api/recitals';
import { formatNumber } from '@/lib/format';
import { Reason } from './Reason';

/** What a recital waits for, or why nothing came of it; nothing where all is done. */
export function Standing({ recital }: { recital: Recital }) {
  const { t, i18n } = useTranslation('recitals');
  const { status, error, missing_count: missing } = recital;
  const isTaking = status === 'active' || status === 'ended';
  const isDone = status === 'uploaded' || status === 'discarded';
  // Its end was asked for, and waits for what is missing.
  const isEnding = status === 'active' && recital.last_sequence !== null;
  return (
    <div role="status" className="mb-6 flex flex-col gap-2 empty:hidden">
      {!isDone && !isEnding && <p className="text-muted">{t(`standing.${status}`)}</p>}
      {isTaking && missing > 0 && (
        <p className="rounded-xl bg-warning-soft px-4 py-3">
          {t('standing.missing', { count: missing, shown: formatNumber(missing, i18n.language) })}
        </p>
      )}
      {error && <Reason error={error} />}
    </div>
  );
}
