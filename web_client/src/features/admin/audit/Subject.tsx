import { useTranslation } from 'react-i18next';
import { type Entry, SUBJECTS } from './auditLog';
import { ShortId } from './ShortId';

interface SubjectProps {
  entry: Entry;
  names: ReadonlyMap<string, string>;
}

/** What or whom it was done to. */
export function Subject({ entry: { action, actor_id, subject_id }, names }: SubjectProps) {
  const { t } = useTranslation('admin');
  const kind = SUBJECTS[action];
  if (!subject_id || kind === 'none') return '–';
  if (kind !== 'person')
    return (
      <>
        {t(`audit.subjects.${kind}`)} <ShortId id={subject_id} />
      </>
    );
  if (subject_id === actor_id) return t('audit.themselves');
  const name = names.get(subject_id);
  return name ? <bdi>{name}</bdi> : <ShortId id={subject_id} />;
}
