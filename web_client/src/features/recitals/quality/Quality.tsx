import { useTranslation } from 'react-i18next';
import { measuresOf, type Recital } from '@/api/recitals';
import { knownFlags } from '@/api/recitalWords';
import { CheckIcon } from '@/components/icons';
import { WarningIcon } from '@/components/pageIcons';
import { formatNumber } from '@/lib/format';
import { Measured } from './Measured';

/** How well a recital was read and recorded, in plain words. */
export function Quality({ recital }: { recital: Recital }) {
  const { t } = useTranslation('recitals');
  const measures = measuresOf(recital);
  if (!measures) {
    // The last thing that is made of it.
    return recital.status === 'uploaded' ? <p className="mb-6 text-muted">{t('quality.waiting')}</p> : null;
  }
  return (
    <section aria-labelledby="quality" className="mb-8 max-w-3xl">
      <h2 id="quality" className="mb-2 font-semibold text-lg">
        {t('quality.title')}
      </h2>
      {recital.flags.length > 0 ? (
        <Findings recital={recital} />
      ) : (
        <p className="flex items-center gap-2">
          <CheckIcon className="text-success" />
          {t('quality.good')}
        </p>
      )}
      <div className="mt-2">
        <Measured measures={measures} />
      </div>
    </section>
  );
}

function Findings({ recital: { flags, segments } }: { recital: Recital }) {
  const { t, i18n } = useTranslation('recitals');
  const { t: name } = useTranslation('recital');
  const count = segments.filter((segment) => segment.flags.length > 0).length;
  return (
    <>
      <ul className="flex flex-col gap-2">
        {knownFlags(flags).map((flag) => (
          <li key={flag} className="flex items-start gap-2">
            <WarningIcon className="mt-1 text-warning" />
            <span>
              <span className="font-semibold">{name(`flag.${flag}`)}.</span> {t(`quality.advice.${flag}`)}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-muted text-sm">
        {count > 0 && t('quality.marked', { count, shown: formatNumber(count, i18n.language) })}{' '}
        {t('quality.person')}
      </p>
    </>
  );
}
