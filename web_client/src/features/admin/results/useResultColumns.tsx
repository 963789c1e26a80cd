import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Hits } from '@/components/find/Hits';
import { Marked } from '@/components/find/Marked';
import { TagList } from '@/components/find/TagList';
import { Length } from '@/components/list/Length';
import { When } from '@/components/list/When';
import { formatSize } from '@/lib/format';
import { languageName } from '@/lib/languageName';
import type { Column } from '../list/DataTable';
import { PersonName } from '../people/PersonName';
import type { Summary } from './allResults';
import { ResultStatus } from './ResultStatus';

/** What is told of each result. */
export function useResultColumns(): Column<Summary>[] {
  const { t, i18n } = useTranslation('admin');
  return [
    { key: 'title', head: t('results.name'), main: true, cell: (result) => <Title result={result} /> },
    { key: 'owner', head: t('results.owner'), cell: ({ owner }) => owner && <PersonName person={owner} /> },
    { key: 'status', head: t('results.status'), cell: (result) => <ResultStatus result={result} /> },
    {
      key: 'length',
      head: t('results.length'),
      cell: ({ duration_ms: length }) => (length === null ? '–' : <Length ms={length} />),
    },
    {
      key: 'language',
      head: t('results.language'),
      cell: ({ language }) => (language ? languageName(language, i18n.language) : '–'),
    },
    { key: 'size', head: t('results.size'), cell: ({ size }) => formatSize(size, i18n.language) },
    { key: 'sent', head: t('results.sent'), cell: ({ created_at }) => <When at={created_at} /> },
  ];
}

function Title({ result }: { result: Summary }) {
  const { id, title, title_snippet, excerpt, language, hits = [], tags } = result;
  return (
    <div className="max-w-sm">
      <Link
        to="/results/$resultId"
        params={{ resultId: id }}
        className="inline-flex min-h-11 items-center font-medium hover:underline"
      >
        <bdi>{title_snippet ? <Marked snippet={title_snippet} /> : title}</bdi>
      </Link>
      {hits.length > 0 && <Hits result={result} />}
      {hits.length === 0 && excerpt && (
        <p dir="auto" lang={language ?? undefined} className="line-clamp-2 text-muted text-sm">
          {excerpt}
        </p>
      )}
      {tags.length > 0 && <TagList tags={tags} />}
    </div>
  );
}
