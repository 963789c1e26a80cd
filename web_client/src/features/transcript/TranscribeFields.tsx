import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/Field';
import { AmazonFields } from './AmazonFields';
import { LanguageField } from './LanguageField';
import { engineOf, languagesOf, type Offer, takes } from './offer';
import type { Result } from './queries';

interface TranscribeFieldsProps {
  offer: Offer;
  result: Pick<Result, 'language' | 'duration_ms'>;
}

/** The engine, the language, and what the chosen engine can do besides; nothing that would be refused. */
export function TranscribeFields({ offer, result }: TranscribeFieldsProps) {
  const { t } = useTranslation('transcript');
  const [named, setNamed] = useState('');
  const [model, setModel] = useState('');
  const [language, setLanguage] = useState('');
  const engine = engineOf(offer, named);
  const known = languagesOf(offer, engine, model);
  const declared = known === null || known.includes(language) ? language : '';
  return (
    <>
      {offer.engines.length > 1 && (
        <SelectField
          name="engine"
          label={t('transcribe.engine')}
          value={named}
          onChange={({ target }) => setNamed(target.value)}
        >
          <option value="">{t('transcribe.engineAny')}</option>
          {offer.engines.map((one) => (
            <option key={one.name} value={one.name} disabled={!takes(one, result.duration_ms)}>
              {t(takes(one, result.duration_ms) ? `engines.${one.name}` : 'transcribe.tooLong', {
                engine: t(`engines.${one.name}`),
              })}
            </option>
          ))}
        </SelectField>
      )}
      {engine && engine.models.length > 1 && (
        <SelectField
          name="model"
          label={t('transcribe.model')}
          value={model}
          onChange={({ target }) => setModel(target.value)}
        >
          {engine.models.map(({ name }, at) => (
            <option key={name} value={at === 0 ? '' : name}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <LanguageField known={known} heard={result.language} value={declared} onChange={setLanguage} />
      {engine?.name === 'aws' && <AmazonFields engine={engine} language={declared} />}
    </>
  );
}
