import { useTranslation } from 'react-i18next';
import { WAYS, type Way } from './newDocument';

/** Where the text comes from. */
export function WayChoice({ way, onChange }: { way: Way; onChange: (way: Way) => void }) {
  const { t } = useTranslation('documents');
  return (
    <fieldset>
      <legend className="mb-2 font-medium">{t('add.way')}</legend>
      <div className="grid grid-cols-3 gap-1 rounded-2xl bg-raised p-1">
        {WAYS.map((one) => (
          <label
            key={one}
            className="flex min-h-11 cursor-pointer items-center justify-center rounded-xl px-2 text-center has-checked:bg-surface has-checked:font-medium has-checked:text-accent has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="way"
              value={one}
              checked={one === way}
              onChange={() => onChange(one)}
              className="sr-only"
            />
            {t(`way.${one}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
