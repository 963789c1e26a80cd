import { useTranslation } from 'react-i18next';
import { FLAGS } from '@/api/recitalWords';
import { languageName } from '@/lib/languageName';
import { ENGINES, type Kind, type KnownStatus, type Several } from './filter';

export type NameOfStatus = (status: KnownStatus) => string;

/** What the values of filters are called; each list has its own words for how far results have come. */
export function useNames(nameOfStatus: NameOfStatus): (what: Several, value: string) => string {
  const { t, i18n } = useTranslation('find');
  const { t: word } = useTranslation('recital');
  return (what, value) => {
    if (what === 'status') return nameOfStatus(value as KnownStatus);
    if (what === 'kind') return t(`kind.${value as Kind}`);
    if (what === 'language') return languageName(value, i18n.language);
    const engine = ENGINES.find((one) => one === value);
    if (what === 'engine' && engine) return t(`engine.${engine}`);
    if (what === 'flag' && value === 'low_confidence') return t('flag.low_confidence');
    const flag = FLAGS.find((one) => one === value);
    return what === 'flag' && flag ? word(`flag.${flag}`) : value;
  };
}
