import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RecitalSummary } from '@/api/recitals';
import { Length } from '@/components/list/Length';
import { When } from '@/components/list/When';
import { FlagMarks } from '@/components/recital/FlagMarks';
import { RecitalStatusMark } from '@/components/recital/RecitalStatusMark';
import { languageName } from '@/lib/languageName';
import type { Column } from '../list/DataTable';
import { PersonName } from '../people/PersonName';

/** What is told of each recital. */
export function useRecitalColumns(): Column<RecitalSummary>[] {
  const { t, i18n } = useTranslation('admin');
  const { t: word } = useTranslation('recital');
  return [
    {
      key: 'title',
      head: t('recitals.document'),
      main: true,
      cell: ({ id, title, language }) => (
        <Link
          to="/recitals/$recitalId"
          params={{ recitalId: id }}
          className="inline-flex min-h-11 items-center font-medium hover:underline"
        >
          <bdi lang={language}>{title}</bdi>
        </Link>
      ),
    },
    { key: 'owner', head: t('recitals.who'), cell: ({ owner }) => owner && <PersonName person={owner} /> },
    {
      key: 'status',
      head: word('filter.status'),
      cell: ({ status }) => <RecitalStatusMark status={status} />,
    },
    {
      key: 'flags',
      head: word('filter.flags'),
      cell: ({ flags }) => (flags.length > 0 ? <FlagMarks flags={flags} /> : '–'),
    },
    {
      key: 'length',
      head: t('results.length'),
      cell: ({ duration_ms }) => (duration_ms === null ? '–' : <Length ms={duration_ms} />),
    },
    {
      key: 'language',
      head: t('results.language'),
      cell: ({ language }) => languageName(language, i18n.language),
    },
    { key: 'when', head: t('recitals.when'), cell: ({ created_at }) => <When at={created_at} /> },
  ];
}
