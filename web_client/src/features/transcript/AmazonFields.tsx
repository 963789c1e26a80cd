import { useTranslation } from 'react-i18next';
import { CheckField, Field } from '@/components/Field';
import type { Engine } from './offer';

/** What Amazon Transcribe can do besides; some of it only where the language is told. */
export function AmazonFields({ engine, language }: { engine: Engine; language: string }) {
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
        disabled={language === ''}
      />
      <CheckField
        name="redact"
        label={t('transcribe.redact')}
        hint={t('transcribe.redactHint')}
        disabled={!engine.redacts.includes(language)}
      />
    </>
  );
}
