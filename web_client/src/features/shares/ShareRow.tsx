import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Mark } from '@/components/Mark';
import { formatDate, formatWhen } from '@/lib/format';
import { type Share, standingOf } from './shares';

/** A link: what it shows, until when, and how often it was opened. */
export function ShareRow({ share, onRevoke }: { share: Share; onRevoke: () => void }) {
  const { t, i18n } = useTranslation('shares');
  const standing = standingOf(share);
  const made = formatDate(share.created_at, i18n.language);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p>
          {t(share.with_sound ? 'textAndSound' : 'textAlone', { made })}{' '}
          {standing !== 'open' && <Mark>{t(`standing.${standing}`)}</Mark>}
        </p>
        <p className="text-muted text-sm">
          {standing === 'open' &&
            (share.expires_at
              ? t('until', { end: formatDate(share.expires_at, i18n.language) })
              : t('untilRevoked'))}{' '}
          {share.last_opened_at
            ? t('opened', {
                count: share.opened,
                when: formatWhen(share.last_opened_at, i18n.language),
              })
            : t('unopened')}
        </p>
      </div>
      {standing === 'open' && (
        <Button size="small" aria-label={t('revokeThis', { made })} onClick={onRevoke}>
          {t('revoke')}
        </Button>
      )}
    </li>
  );
}
