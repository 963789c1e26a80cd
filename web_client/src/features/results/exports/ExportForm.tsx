import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { CheckField } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { formatNumber } from '@/lib/format';
import { FORMATS, type Format, MOST_RESULTS } from './exports';

interface ExportFormProps {
  /** How many results it is to have. */
  count: number;
  isBusy: boolean;
  error: unknown;
  onAsk: (formats: Format[]) => void;
}

/** In which formats the texts are to be in the file. */
export function ExportForm({ count, isBusy, error, onAsk }: ExportFormProps) {
  const { t, i18n } = useTranslation('results');
  const [chosen, setChosen] = useState<readonly Format[]>(['txt']);
  if (count > MOST_RESULTS)
    return <p>{t('exports.tooMany', { most: formatNumber(MOST_RESULTS, i18n.language) })}</p>;
  const ask = (event: FormEvent) => {
    event.preventDefault();
    onAsk(FORMATS.filter((format) => chosen.includes(format)));
  };
  return (
    <form onSubmit={ask} className="flex flex-col gap-4">
      <fieldset className="min-w-0">
        <legend className="mb-1 font-medium">{t('exports.formats')}</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {FORMATS.map((format) => (
            <CheckField
              key={format}
              label={t(`exports.${format}`)}
              checked={chosen.includes(format)}
              onChange={({ target }) =>
                setChosen((before) =>
                  target.checked ? [...before, format] : before.filter((one) => one !== format),
                )
              }
            />
          ))}
        </div>
      </fieldset>
      <ProblemNote error={error} namespace="results" />
      <Button type="submit" look="primary" busy={isBusy} disabled={chosen.length === 0} className="self-end">
        {t('exports.ask')}
      </Button>
    </form>
  );
}
