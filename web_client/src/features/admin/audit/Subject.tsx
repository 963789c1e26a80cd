import { useTranslation } from 'react-i18next';
import { type Entry, SUBJECTS } from './auditLog';
import { Called } from './Called';
import { ShortId } from './ShortId';

/** What or whom it was done to. */
export function Subject({
  entry: { action, actor_id, subject_id, subject_name, subject_email },
}: {
  entry: Entry;
}) {
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
  return <Called id={subject_id} name={subject_name} email={subject_email} />;
}
