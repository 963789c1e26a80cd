import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { When } from '@/components/list/When';
import { DownloadIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import { formatDate, formatDateTime, formatSize } from '@/lib/format';
import { type Export, exportQuery } from './exports';

/** One file: how it stands, and where to fetch it. */
export function ExportRow({ listed }: { listed: Export }) {
  const { t, i18n } = useTranslation('results');
  const { data: shown = listed } = useQuery({ ...exportQuery(listed.id), initialData: listed });
  return (
    <li className="flex min-h-14 items-center gap-3 border-line border-t py-1.5 first:border-t-0">
      <div className="min-w-0 grow">
        <When at={shown.created_at} />
        <p role="status" className="text-muted text-sm">
          <State shown={shown} />
        </p>
      </div>
      {shown.url && (
        <a href={shown.url} download className={buttonClasses('secondary', 'small')}>
          <DownloadIcon />
          {t('exports.download')}
          <span className="sr-only">{formatDateTime(shown.created_at, i18n.language)}</span>
        </a>
      )}
    </li>
  );
}

function State({ shown: { status, size, expires_at, error } }: { shown: Export }) {
  const { t, i18n } = useTranslation('results');
  if (status === 'pending')
    return (
      <span className="inline-flex items-center gap-1.5">
        <Spinner quiet className="text-accent" />
        {t('exports.pending')}
      </span>
    );
  if (status === 'ready')
    return t('exports.ready', {
      size: formatSize(size ?? 0, i18n.language),
      until: expires_at ? formatDate(expires_at, i18n.language) : '',
    });
  if (status === 'expired') return t('exports.expired');
  return (
    <span className="text-danger">
      {t('exports.failed')} <bdi>{error}</bdi>
    </span>
  );
}
