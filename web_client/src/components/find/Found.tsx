import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Counts, countsQuery, type ResultsWanted } from '@/api/results';
import { formatNumber } from '@/lib/format';

/** "23 results", or "more than 10,000 results" where counting ends there. */
export function useFoundText(): (counts: Pick<Counts, 'total' | 'is_capped'>) => string {
  const { t, i18n } = useTranslation('find');
  return ({ total, is_capped }) =>
    t(is_capped ? 'foundMore' : 'found', { count: total, number: formatNumber(total, i18n.language) });
}

/** How many results there are of those that are wanted; counted by the service only where `isAsked`. */
export function useFound(
  wanted: ResultsWanted,
  isAsked: boolean,
): Pick<Counts, 'total' | 'is_capped'> | null {
  const { data, isPlaceholderData } = useQuery({ ...countsQuery(wanted), enabled: isAsked });
  // What was counted before is not what is found now.
  return data && isAsked && !isPlaceholderData ? data : null;
}
