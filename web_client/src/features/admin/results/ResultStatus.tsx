import { useTranslation } from 'react-i18next';
import { Mark } from '@/components/Mark';
import { formatShare } from '@/lib/format';
import type { Summary } from './allResults';

const LOOKS = { completed: 'good', failed: 'danger' } as const;

/** How far a result has come; of what failed, why. */
export function ResultStatus({ result: { status, progress, error } }: { result: Summary }) {
  const { t, i18n } = useTranslation('admin');
  const look = status === 'completed' || status === 'failed' ? LOOKS[status] : 'accent';
  const isUnderWay = status === 'transcoding' || status === 'transcribing';
  return (
    <>
      <Mark look={look}>
        {t(`results.statuses.${status}`)}
        {isUnderWay && ` ${formatShare(progress, i18n.language)}`}
      </Mark>
      {error && (
        <span dir="auto" className="mt-1 block text-muted text-sm [overflow-wrap:anywhere]">
          {error.message}
        </span>
      )}
    </>
  );
}
