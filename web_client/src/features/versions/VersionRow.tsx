import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { When } from '@/components/list/When';
import { Mark } from '@/components/Mark';
import type { Version } from './versions';

interface VersionRowProps {
  version: Version;
  isCurrent: boolean;
  onCompare: () => void;
  onRestore: () => void;
}

/** Who made a version and when, and how much of it is new. */
export function VersionRow({ version, isCurrent, onCompare, onRestore }: VersionRowProps) {
  const { t } = useTranslation('versions');
  const { number, author, created_at } = version;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">
          {number === 0 ? t('machine') : t('version', { number })}{' '}
          {isCurrent && <Mark look="accent">{t('current')}</Mark>}
        </p>
        <p className="text-muted text-sm">
          {number > 0 && (
            <>
              <bdi>{author ? (author.name ?? t('nameless')) : t('gone')}</bdi>
              {' · '}
            </>
          )}
          <When at={created_at} />
        </p>
        {number > 0 && <Told version={version} />}
      </div>
      {!isCurrent && (
        <div className="flex gap-2">
          <Button size="small" aria-label={t('compareThis', { number })} onClick={onCompare}>
            {t('compare')}
          </Button>
          <Button size="small" aria-label={t('restoreThis', { number })} onClick={onRestore}>
            {t('restore.short')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** What was done: how many lines were changed, added and removed, or which version was brought back. */
function Told({ version: { summary, restored_from } }: { version: Version }) {
  const { t } = useTranslation('versions');
  const told = (['changed', 'added', 'removed'] as const)
    .filter((kind) => summary[kind] > 0)
    .map((kind) => t(`summary.${kind}`, { count: summary[kind] }))
    .join(', ');
  const from = restored_from === 0 ? t('restoredMachine') : t('restored', { number: restored_from });
  return <p className="text-muted text-sm">{restored_from === null ? told : from}</p>;
}
