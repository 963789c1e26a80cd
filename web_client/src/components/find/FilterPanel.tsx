import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '@/api/results';
import { Button } from '@/components/Button';
import { ProblemNote } from '@/components/ProblemNote';
import { Choices } from './Choices';
import type { FindProps } from './FindBar';
import { useFoundText } from './Found';
import { isFiltered, KINDS, NO_FILTER, SEVERAL, type Several, STATUSES, toggled } from './filter';
import { OriginField } from './OriginField';
import { DayRange, LengthRange } from './Range';
import { useNames } from './useNames';

interface FilterPanelProps extends FindProps {
  id: string;
  onClose: () => void;
}

/** What has an order of its own. */
const KNOWN: Partial<Record<Several, readonly string[]>> = { status: STATUSES, kind: KINDS };

/** All that results can be filtered by, with how many there are of each. */
export function FilterPanel({ id, filter, onChange, wanted, nameOfStatus, onClose }: FilterPanelProps) {
  const { t } = useTranslation('find');
  const counts = useQuery(countsQuery(wanted));
  const found = useFoundText();
  const nameOf = useNames(nameOfStatus);
  const change = { filter, onChange };
  return (
    <section
      id={id}
      aria-label={t('filters')}
      className="flex animate-appear flex-col gap-6 rounded-2xl border border-line bg-surface p-4 sm:p-6"
    >
      <ProblemNote error={counts.error} onRetry={() => void counts.refetch()} />
      <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-3">
        {SEVERAL.map((what) => (
          <Choices
            key={what}
            legend={t(`by.${what}`)}
            counts={counts.data?.[what]}
            known={KNOWN[what]}
            chosen={filter[what]}
            nameOf={(value) => nameOf(what, value)}
            onToggle={(value) => onChange({ [what]: toggled<string>(filter[what], value) })}
          />
        ))}
        <OriginField {...change} counts={counts.data?.origin} />
        <DayRange {...change} />
        <LengthRange {...change} />
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        {isFiltered(filter) && <Button onClick={() => onChange(NO_FILTER)}>{t('clear')}</Button>}
        <Button look="primary" onClick={onClose}>
          {counts.data ? t('show', { found: found(counts.data) }) : t('done')}
        </Button>
      </div>
    </section>
  );
}
