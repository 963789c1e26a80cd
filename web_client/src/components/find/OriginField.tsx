import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/Field';
import { formatNumber } from '@/lib/format';
import type { FindProps } from './FindBar';
import { ORIGINS, type Origin } from './filter';

interface OriginFieldProps extends Pick<FindProps, 'filter' | 'onChange'> {
  counts: Record<string, number> | undefined;
}

/** Whether results were sent in or read aloud. */
export function OriginField({ filter, counts = {}, onChange }: OriginFieldProps) {
  const { t, i18n } = useTranslation('find');
  return (
    <SelectField
      label={t('by.origin')}
      value={filter.origin ?? ''}
      onChange={({ target: { value } }) => onChange({ origin: (value || undefined) as Origin | undefined })}
    >
      <option value="">{t('origin.any')}</option>
      {ORIGINS.map((one) => (
        <option key={one} value={one}>
          {t(`origin.${one}`)}
          {counts[one] !== undefined && ` (${formatNumber(counts[one], i18n.language)})`}
        </option>
      ))}
    </SelectField>
  );
}
