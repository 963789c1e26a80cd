import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ResultSummary } from '@/api/results';
import { Length } from '@/components/list/Length';
import { Marked } from './Marked';

type Found = Pick<ResultSummary, 'id' | 'language' | 'hits'>;

/** Where in a text what was searched for is spoken; each leads there. */
export function Hits({ result: { id, language, hits = [] } }: { result: Found }) {
  const { t } = useTranslation('find');
  return (
    <ul aria-label={t('hits')} className="relative mt-1 flex flex-col">
      {hits.map(({ start_ms, snippet }) => (
        <li key={start_ms}>
          <Link
            to="/results/$resultId"
            params={{ resultId: id }}
            search={{ at: start_ms }}
            className="flex items-baseline gap-3 rounded-lg py-1.5 hover:bg-accent-soft"
          >
            <span className="shrink-0 text-accent text-sm">
              <Length ms={start_ms} />
            </span>
            <span dir="auto" lang={language ?? undefined} className="line-clamp-2 min-w-0 font-reading">
              <Marked snippet={snippet} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
