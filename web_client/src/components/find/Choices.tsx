import { useTranslation } from 'react-i18next';
import { CheckField } from '@/components/Field';
import { formatNumber } from '@/lib/format';

interface ChoicesProps {
  legend: string;
  /** How many results there are of each value, as far as that is known. */
  counts: Record<string, number> | undefined;
  /** Values that have an order of their own; others come by how many there are. */
  known: readonly string[] | undefined;
  chosen: readonly string[] | undefined;
  nameOf: (value: string) => string;
  onToggle: (value: string) => void;
}

/** Values of which several may be chosen; nothing where there is none. */
export function Choices({ legend, counts = {}, known, chosen = [], nameOf, onToggle }: ChoicesProps) {
  const { i18n } = useTranslation();
  const values = valuesOf(counts, known, chosen);
  if (values.length === 0) return null;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium">{legend}</legend>
      <div className="-mx-1 max-h-60 overflow-y-auto px-1">
        {values.map((value) => (
          <CheckField
            key={value}
            checked={chosen.includes(value)}
            onChange={() => onToggle(value)}
            label={
              <>
                <bdi>{nameOf(value)}</bdi>{' '}
                <span className="text-muted text-sm tabular-nums">
                  {counts[value] !== undefined && formatNumber(counts[value], i18n.language)}
                </span>
              </>
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

/** What there is, and what is chosen whether there is any of it or not. */
export function valuesOf(
  counts: Record<string, number>,
  known: readonly string[] | undefined,
  chosen: readonly string[],
): string[] {
  const isThere = (value: string) => (counts[value] ?? 0) > 0 || chosen.includes(value);
  if (known) return known.filter(isThere);
  const byNumber = (one: string, other: string) => (counts[other] ?? 0) - (counts[one] ?? 0);
  return [...new Set([...Object.keys(counts), ...chosen])].filter(isThere).sort(byNumber);
}
