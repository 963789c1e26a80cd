import { useTranslation } from 'react-i18next';
import type { Document } from '@/api/documents';
import { ProgressBar } from '@/components/ProgressBar';
import { formatNumber, formatShare } from '@/lib/format';

/** How much of a document is read: by anybody, and by whoever looks. */
export function Coverage({ document }: { document: Document }) {
  const { t } = useTranslation('documents');
  const { sentence_count: total, read_sentence_count: read, my_read_sentence_count: mine } = document;
  return (
    <dl className="mb-8 grid gap-x-10 gap-y-4 sm:grid-cols-2">
      <Share label={t('coverage.anybody')} count={read} total={total} />
      <Share label={t('coverage.me')} count={mine} total={total} />
    </dl>
  );
}

function Share({ label, count, total }: { label: string; count: number; total: number }) {
  const { t, i18n } = useTranslation('documents');
  const share = total === 0 ? 0 : count / total;
  const numbers = {
    count,
    shown: formatNumber(count, i18n.language),
    total: formatNumber(total, i18n.language),
  };
  return (
    <div>
      <dt className="flex justify-between gap-4">
        <span>{label}</span>
        <span className="text-muted tabular-nums">{formatShare(share, i18n.language)}</span>
      </dt>
      <dd className="mt-1.5">
        <ProgressBar label={label} value={share} />
        <p className="mt-1 text-muted text-sm">{t('coverage.of', numbers)}</p>
      </dd>
    </div>
  );
}
