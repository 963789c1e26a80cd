import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/components/PageTitle';
import { Facts } from './Facts';
import type { Result } from './queries';

const DetailsForm = lazy(async () => ({ default: (await import('./details/DetailsForm')).DetailsForm }));

interface HeadingProps {
  result: Result;
  /** The title and what stands below it are being changed, in their place. */
  isChanging: boolean;
  onChanged: () => void;
  actions: ReactNode;
}

/** What a result is called, what there is to know of it, and what has been noted. */
export function Heading({ result, isChanging, onChanged, actions }: HeadingProps) {
  const told = (
    <PageTitle
      // Set apart, so that a title in another direction does not disturb what stands beside it.
      title={`\u2068${result.title}\u2069`}
      actions={actions}
    >
      <Facts result={result} />
      {result.tags.length > 0 && <Tags tags={result.tags} />}
      {result.notes !== '' && <Notes notes={result.notes} />}
    </PageTitle>
  );
  if (!isChanging) return told;
  return (
    <Suspense fallback={told}>
      <DetailsForm result={result} onClose={onChanged} />
    </Suspense>
  );
}

/** Each leads to what else has it. */
function Tags({ tags }: Pick<Result, 'tags'>) {
  const { t } = useTranslation('transcript');
  return (
    <ul aria-label={t('details.tags')} className="mt-2 flex flex-wrap gap-1.5">
      {tags.map((tag) => (
        <li key={tag} className="min-w-0">
          <Link
            to="/results"
            search={{ tag: [tag] }}
            className="block max-w-56 truncate rounded-full border border-line px-2.5 py-0.5 text-sm no-underline hover:border-edge hover:text-ink"
          >
            <bdi>{tag}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const SHORT = 280;

function Notes({ notes }: Pick<Result, 'notes'>) {
  const { t } = useTranslation('transcript');
  const text = (
    <p dir="auto" className="max-w-2xl whitespace-pre-line">
      {notes}
    </p>
  );
  if (notes.length <= SHORT) return <div className="mt-2 text-sm">{text}</div>;
  return (
    <details className="mt-1 text-sm">
      <summary className="inline-flex min-h-9 items-center">{t('details.notes')}</summary>
      {text}
    </details>
  );
}
