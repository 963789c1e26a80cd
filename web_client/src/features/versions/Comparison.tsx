import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Difference } from '@/components/difference/Difference';
import { ProblemNote } from '@/components/ProblemNote';
import { nameOfSpeaker } from '@/components/reading/speakers';
import { Spinner } from '@/components/Spinner';
import { formatClock } from '@/lib/format';
import { type Change, comparisonQuery, type Place, type Version } from './versions';

interface ComparisonProps {
  place: Place;
  version: Version;
  current: number;
  /** Back to the list. */
  onClose: () => void;
}

/** What has become of a version up to now: words that are gone, and those in their place. */
export function Comparison({ place, version: { number }, current, onClose }: ComparisonProps) {
  const { t } = useTranslation('versions');
  const comparison = useQuery(comparisonQuery(place, number, current));
  const changes = comparison.data?.items;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(number === 0 ? 'compared.machine' : 'compared.title', { number })}
      description={t('compared.text')}
      actions={<Button onClick={onClose}>{t('compared.back')}</Button>}
    >
      {comparison.isPending && <Spinner className="text-2xl text-muted" />}
      <ProblemNote error={comparison.error} namespace="versions" onRetry={() => void comparison.refetch()} />
      {changes?.length === 0 && <p>{t('compared.same')}</p>}
      <ol className="flex flex-col gap-4">
        {changes?.map((change) => (
          <ChangedLine key={`${change.before?.index} ${change.after?.index}`} change={change} />
        ))}
      </ol>
    </Dialog>
  );
}

function ChangedLine({ change: { kind, before, after } }: { change: Change }) {
  const { t } = useTranslation('versions');
  const { t: inPlayer } = useTranslation('player');
  const shown = after ?? before;
  const speakers = [before, after].map((one) => (one?.speaker ? nameOfSpeaker(one.speaker, inPlayer) : ''));
  const [was = '', is = ''] = kind === 'added' ? ['', speakers[1]] : speakers;
  return (
    <li>
      <p className="flex flex-wrap gap-x-3 text-muted text-sm">
        <span className="tabular-nums">{formatClock(shown?.start_ms ?? 0)}</span>
        <span>{t(`kinds.${kind}`)}</span>
        <bdi>{was === is ? is : <Difference before={was} after={kind === 'removed' ? was : is} />}</bdi>
      </p>
      <p dir="auto" className="font-reading">
        <Difference before={before?.text ?? ''} after={after?.text ?? ''} />
      </p>
      {kind === 'changed' && before?.text === after?.text && was === is && (
        <p className="text-muted text-sm">{t('kinds.moved')}</p>
      )}
    </li>
  );
}
