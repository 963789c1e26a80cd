import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/Field';
import { spokenLanguages } from '@/lib/spokenLanguages';

interface SpokenLanguageFieldProps {
  value?: string | null;
  /** For those of whom nothing is known yet: they may well speak what they read. */
  suggestOwn?: boolean;
  error?: string | undefined;
}

/** The language that somebody speaks: a control named `language` for any form. */
export function SpokenLanguageField({ value, suggestOwn = false, error }: SpokenLanguageFieldProps) {
  const { t, i18n } = useTranslation('account');
  const choices = useMemo(() => spokenLanguages(i18n.language, value), [i18n.language, value]);
  return (
    <SelectField
      label={t('profile.language')}
      optional={t('profile.optional')}
      hint={t('profile.languageHint')}
      name="language"
      defaultValue={value ?? (suggestOwn ? i18n.language : '')}
      error={error}
    >
      <option value="">{t('profile.unsaid')}</option>
      {choices.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
