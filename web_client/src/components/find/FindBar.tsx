import { lazy, type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultsWanted } from '@/api/results';
import { Button } from '@/components/Button';
import { INPUT } from '@/components/Field';
import { SearchField } from '@/components/list/SearchField';
import { DownIcon } from '@/components/pageIcons';
import { formatNumber } from '@/lib/format';
import { activeOf } from './active';
import { LONGEST_SEARCH, type ResultFilter, SORTS, type Sort } from './filter';
import type { Change } from './useFilter';
import type { NameOfStatus } from './useNames';

const Chips = lazy(async () => ({ default: (await import('./Chips')).Chips }));
const FilterPanel = lazy(async () => ({ default: (await import('./FilterPanel')).FilterPanel }));

export interface FindProps {
  filter: ResultFilter;
  onChange: Change;
  /** What the service is asked for; what is counted with the filters. */
  wanted: ResultsWanted;
  nameOfStatus: NameOfStatus;
}

interface FindBarProps extends FindProps {
  /** Filters that this list has besides. */
  children?: ReactNode;
}

/** Narrows a list of results down: by words, by what they are, and in which order. */
export function FindBar({ filter, onChange, wanted, nameOfStatus, children }: FindBarProps) {
  const { t, i18n } = useTranslation('find');
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const active = activeOf(filter);
  return (
    <search className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          label={t('search')}
          placeholder={t('search')}
          value={filter.q ?? ''}
          mostLetters={LONGEST_SEARCH}
          onSearch={(q) => onChange({ q: q || undefined })}
          className="min-w-0 grow basis-full sm:basis-64 [&>label]:sr-only"
        />
        <Button
          ref={opener}
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
          className="flex-1 sm:flex-none"
        >
          {t('filters')}
          {active.length > 0 && (
            <span className="rounded-full bg-accent px-2 text-on-accent text-sm tabular-nums">
              {formatNumber(active.length, i18n.language)}
              <span className="sr-only">{t('filtersOn')}</span>
            </span>
          )}
          <DownIcon className={isOpen ? 'rotate-180' : ''} />
        </Button>
        <SortSelect filter={filter} onChange={onChange} />
      </div>
      {isOpen && (
        <Suspense>
          <FilterPanel
            id={id}
            filter={filter}
            onChange={onChange}
            wanted={wanted}
            nameOfStatus={nameOfStatus}
            onClose={() => {
              opener.current?.focus();
              setOpen(false);
            }}
          />
        </Suspense>
      )}
      {children}
      {active.length > 0 && (
        <Suspense fallback={<div className="min-h-9" />}>
          <Chips active={active} filter={filter} onChange={onChange} nameOfStatus={nameOfStatus} />
        </Suspense>
      )}
    </search>
  );
}

function SortSelect({ filter: { q, sort }, onChange }: Pick<FindProps, 'filter' | 'onChange'>) {
  const { t } = useTranslation('find');
  return (
    <select
      aria-label={t('sort.label')}
      value={sort ?? (q ? '' : '-created')}
      onChange={({ target: { value } }) => {
        const isUsual = value === '' || (!q && value === '-created');
        onChange({ sort: isUsual ? undefined : (value as Sort) });
      }}
      className={`${INPUT} !w-0 sm:!w-auto min-w-0 flex-1 sm:flex-none`}
    >
      {q && <option value="">{t('sort.best')}</option>}
      {SORTS.map((one) => (
        <option key={one} value={one}>
          {t(`sort.${one}`)}
        </option>
      ))}
    </select>
  );
}
