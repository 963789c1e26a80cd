import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckField, Field, SelectField } from '@/components/Field';
import { languageName } from '@/lib/languageName';
import { SPOKEN } from './wish';

/** The engine, the language, and what the chosen engine can do besides. */
export function TranscribeFields({ language }: { language: string | null }) {
  const { t, i18n } = useTranslation('transcript');
  const [engine, setEngine] = useState('');
  const tags = new Set<string>([...(language ? [language] : []), ...SPOKEN]);
  const languages = [...tags]
    .map((tag) => ({ tag, name: languageName(tag, i18n.language) }))
    .sort((one, other) => one.name.localeCompare(other.name, i18n.language));
  return (
    <>
      <SelectField
        name="engine"
        label={t('transcribe.engine')}
        value={engine}
        onChange={({ target }) => setEngine(target.value)}
      >
        <option value="">{t('transcribe.engineAny')}</option>
        <option value="whisper">{t('engines.whisper')}</option>
        <option value="aws">{t('engines.aws')}</option>
      </SelectField>
      <SelectField name="language" label={t('transcribe.language')} defaultValue="">
        <option value="">{t('transcribe.languageAny')}</option>
        {languages.map(({ tag, name }) => (
          <option key={tag} value={tag}>
            {name}
          </option>
        ))}
      </SelectField>
      {engine === 'whisper' && (
        <Field
          name="model"
          dir="ltr"
          label={t('transcribe.model')}
          optional={t('transcribe.optional')}
          hint={t('transcribe.modelHint')}
        />
      )}
      {engine === 'aws' && <AmazonFields />}
    </>
  );
}

function AmazonFields() {
  const { t } = useTranslation('transcript');
  return (
    <>
      <Field
        name="speakers"
        type="number"
        inputMode="numeric"
        min={2}
        max={30}
        label={t('transcribe.speakers')}
        optional={t('transcribe.optional')}
        hint={t('transcribe.speakersHint')}
      />
      <Field
        name="vocabulary"
        dir="ltr"
        pattern="[0-9a-zA-Z._\-]{1,200}"
        label={t('transcribe.vocabulary')}
        optional={t('transcribe.optional')}
        hint={t('transcribe.vocabularyHint')}
      />
      <CheckField name="redact" label={t('transcribe.redact')} hint={t('transcribe.redactHint')} />
    </>
  );
}
