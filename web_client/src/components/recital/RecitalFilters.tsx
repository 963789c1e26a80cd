import { useTranslation } from 'react-i18next';
import { FLAGS, RECITAL_STATUSES } from '@/api/recitalWords';
import { SelectField } from '@/components/Field';
import { type RecitalFilter, readRecitalFilter } from './filter';

interface RecitalFiltersProps {
  filter: RecitalFilter;
  onFilter: (filter: RecitalFilter) => void;
}

/** Which recitals are shown: by how far they have come, and by what is marked. */
export function RecitalFilters({ filter, onFilter }: RecitalFiltersProps) {
  const { t } = useTranslation('recital');
  const { status, flag, needs_review } = filter;
  const marked = flag ?? (needs_review === undefined ? '' : MARKED[needs_review ? 0 : 1]);
  return (
    <>
      <SelectField
        label={t('filter.status')}
        value={status ?? ''}
        onChange={({ target }) => onFilter({ ...filter, ...readRecitalFilter({ status: target.value }) })}
        className="sm:w-56"
      >
        <option value="">{t('filter.everyStatus')}</option>
        {RECITAL_STATUSES.map((one) => (
          <option key={one} value={one}>
            {t(`status.${one}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('filter.quality')}
        value={marked}
        onChange={({ target }) => onFilter({ status, ...filterOf(target.value) })}
        className="sm:w-64"
      >
        <option value="">{t('filter.everyQuality')}</option>
        {MARKED.map((one) => (
          <option key={one} value={one}>
            {t(`filter.${one}`)}
          </option>
        ))}
        <optgroup label={t('filter.flags')}>
          {FLAGS.map((one) => (
            <option key={one} value={one}>
              {t(`flag.${one}`)}
            </option>
          ))}
        </optgroup>
      </SelectField>
    </>
  );
}

const MARKED = ['marked', 'unmarked'] as const;

function filterOf(chosen: string): RecitalFilter {
  if (chosen === 'marked' || chosen === 'unmarked') return { needs_review: chosen === 'marked' };
  return readRecitalFilter({ flag: chosen });
}
