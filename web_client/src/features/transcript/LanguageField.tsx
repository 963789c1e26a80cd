import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/Field';
import { languageName } from '@/lib/languageName';
import { SPOKEN } from './wish';

interface LanguageFieldProps {
  /** Those that may be chosen; null where any may, of which the common ones are shown. */
  known: readonly string[] | null;
  /** What was heard before. */
  heard: string | null;
  value: string;
  onChange: (tag: string) => void;
}

/** In which language somebody speaks. */
export function LanguageField({ known, heard, value, onChange }: LanguageFieldProps) {
  const { t, i18n } = useTranslation('transcript');
  const tags = new Set<string>(known ?? [...(heard ? [heard] : []), ...SPOKEN]);
  const languages = [...tags]
    .map((tag) => ({ tag, name: languageName(tag, i18n.language) }))
    .sort((one, other) => one.name.localeCompare(other.name, i18n.language));
  return (
    <SelectField
      name="language"
      label={t('transcribe.language')}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{t('transcribe.languageAny')}</option>
      {languages.map(({ tag, name }) => (
        <option key={tag} value={tag}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
