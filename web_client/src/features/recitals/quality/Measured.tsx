import { useTranslation } from 'react-i18next';
import type { Measures } from '@/api/recitals';
import { Disclosure } from '@/components/Disclosure';
import { factsOf } from './facts';

/** The measures of a recording, or of a sentence of it, for those who want to know. */
export function Measured({ measures }: { measures: Partial<Measures> }) {
  const { t, i18n } = useTranslation('recitals');
  return (
    <Disclosure summary={t('quality.measures')}>
      <dl className="grid max-w-xl gap-x-8 gap-y-1.5 sm:grid-cols-2">
        {factsOf(measures, i18n.language).map(({ name, value, unit }) => (
          <div key={name} className="flex justify-between gap-4">
            <dt dir="auto" className="text-muted">
              {t(`quality.fact.${name}`)}
            </dt>
            <dd dir="auto" className="shrink-0 tabular-nums">
              {unit ? t(`quality.unit.${unit}`, { value }) : value}
            </dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
