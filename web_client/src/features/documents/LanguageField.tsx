import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/Field';
import { spokenLanguages } from '@/lib/spokenLanguages';

interface LanguageFieldProps {
  label: string;
  /** What it is called that none is chosen. */
  none: string;
  hint?: string;
  name?: string;
  error?: string | undefined;
  /** Chosen at first; or at all times, where `onChange` hears of changes. */
  value?: string;
  onChange?: (language: string) => void;
  className?: string;
}

/** One of all languages, or none. */
export function LanguageField({ none, value = '', onChange, ...field }: LanguageFieldProps) {
  const { i18n } = useTranslation();
  const languages = useMemo(() => spokenLanguages(i18n.language, value || null), [i18n.language, value]);
  const chosen = onChange
    ? { value, onChange: ({ target }: { target: HTMLSelectElement }) => onChange(target.value) }
    : { defaultValue: value };
  return (
    <SelectField {...field} {...chosen}>
      <option value="">{none}</option>
      {languages.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
