import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { classes } from '@/components/classes';
import { EmptyState } from '@/components/EmptyState';
import { Length } from '@/components/list/Length';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { PeopleIcon } from '@/components/pageIcons';
import { Spinner } from '@/components/Spinner';
import { formatNumber } from '@/lib/format';
import { leaderboardQuery, type Place } from './standings';

/** Who has read longest. */
export function LeaderboardPage() {
  const { t } = useTranslation('standings');
  const query = useQuery(leaderboardQuery);
  return (
    <>
      <PageTitle title={t('leaderboard.title')}>{t('leaderboard.text')}</PageTitle>
      {query.isPending && <Spinner className="text-2xl text-muted" />}
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data && (query.data.length > 0 ? <Places places={query.data} /> : <Nobody />)}
    </>
  );
}

function Places({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('standings');
  return (
    <table className="w-full max-w-2xl">
      <caption className="sr-only">{t('leaderboard.title')}</caption>
      <thead className="text-muted text-sm">
        <tr className="border-line border-b">
          <th scope="col" className="px-2 py-2 text-end font-medium">
            <span className="sr-only">{t('leaderboard.rank')}</span>
          </th>
          <th scope="col" className="w-full px-2 py-2 text-start font-medium">
            {t('leaderboard.name')}
          </th>
          <th scope="col" className="px-2 py-2 text-end font-medium">
            {t('amount.sentences')}
          </th>
          <th scope="col" className="px-2 py-2 text-end font-medium">
            {t('amount.length')}
          </th>
        </tr>
      </thead>
      <tbody>
        {places.map((place, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several may share a place, and have no name
          <PlaceRow key={at} place={place} isApart={place.rank > at + 1} />
        ))}
      </tbody>
    </table>
  );
}

interface PlaceRowProps {
  place: Place;
  /** Others come between it and the one above. */
  isApart: boolean;
}

function PlaceRow({ place: { rank, name, is_me, duration_ms, sentence_count }, isApart }: PlaceRowProps) {
  const { t, i18n } = useTranslation('standings');
  return (
    <tr className={classes('border-line', isApart ? 'border-t-4' : 'border-b', is_me && 'bg-accent-soft')}>
      <td className="px-2 py-3 text-end text-muted tabular-nums">{formatNumber(rank, i18n.language)}</td>
      <th scope="row" className="px-2 py-3 text-start font-medium [overflow-wrap:anywhere]">
        {is_me ? (
          <>
            {t('leaderboard.me')} {name && <bdi className="font-normal text-muted">{name}</bdi>}
          </>
        ) : (
          <bdi className={classes(!name && 'font-normal text-muted')}>
            {name ?? t('leaderboard.nameless')}
          </bdi>
        )}
      </th>
      <td className="px-2 py-3 text-end tabular-nums">{formatNumber(sentence_count, i18n.language)}</td>
      <td className="px-2 py-3 text-end">
        <Length ms={duration_ms} />
      </td>
    </tr>
  );
}

function Nobody() {
  const { t } = useTranslation('standings');
  return (
    <EmptyState
      icon={<PeopleIcon />}
      title={t('leaderboard.empty')}
      action={
        <Link to="/documents" className={buttonClasses('primary')}>
          {t('leaderboard.begin')}
        </Link>
      }
    >
      {t('leaderboard.emptyText')}
    </EmptyState>
  );
}
