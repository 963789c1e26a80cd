import { useTranslation } from 'react-i18next';
import { knownFlags } from '@/api/recitalWords';
import { Mark } from '@/components/Mark';

/** What of a recital asks for a person's judgement, in words; nothing where all is well. */
export function FlagMarks({ flags }: { flags: readonly string[] }) {
  const { t } = useTranslation('recital');
  const known = knownFlags(flags);
  if (known.length === 0) return null;
  return (
    <ul aria-label={t('filter.flags')} className="flex flex-wrap gap-1.5">
      {known.map((flag) => (
        <li key={flag}>
          <Mark look="warning">{t(`flag.${flag}`)}</Mark>
        </li>
      ))}
    </ul>
  );
}
