import { useTranslation } from 'react-i18next';
import { DraftField } from './DraftField';
import type { FindProps } from './FindBar';
import type { ResultFilter } from './filter';

type RangeProps = Pick<FindProps, 'filter' | 'onChange'>;

/** The days on which results were made. */
export function DayRange({ filter, onChange }: RangeProps) {
  const { t } = useTranslation('find');
  return (
    <Pair legend={t('by.created')}>
      {(['from', 'to'] as const).map((end) => (
        <DraftField
          key={end}
          type="date"
          min="2000-01-01"
          max="2999-12-31"
          label={t(`range.${end}`)}
          value={filter[end] ?? ''}
          onValue={(day) => onChange({ [end]: day || undefined } satisfies ResultFilter)}
        />
      ))}
    </Pair>
  );
}

/** How long results last, in minutes. */
export function LengthRange({ filter, onChange }: RangeProps) {
  const { t } = useTranslation('find');
  return (
    <Pair legend={t('by.duration')}>
      {(['shortest', 'longest'] as const).map((end) => (
        <DraftField
          key={end}
          type="number"
          inputMode="decimal"
          min={0}
          step="any"
          label={t(`range.${end}`)}
          value={filter[end]?.toString() ?? ''}
          onValue={(minutes) => onChange({ [end]: Number(minutes) || undefined } satisfies ResultFilter)}
        />
      ))}
    </Pair>
  );
}

function Pair({ legend, children }: { legend: string; children: React.ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">{legend}</legend>
      <div className="grid grid-cols-2 gap-3 [&_input]:px-2 [&_input]:text-sm [&_label]:font-normal [&_label]:text-muted [&_label]:text-sm">
        {children}
      </div>
    </fieldset>
  );
}
