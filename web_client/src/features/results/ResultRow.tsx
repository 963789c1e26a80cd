import { Link } from '@tanstack/react-router';
import { type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { IconButton } from '@/components/Button';
import { Length } from '@/components/list/Length';
import { ProgressBar } from '@/components/ProgressBar';
import { TrashIcon } from '@/components/pageIcons';
import { problemSentence } from '@/components/problemSentence';
import { formatDateTime, formatWhen } from '@/lib/format';
import { languageName } from '@/lib/languageName';
import { isUnderWay, type Summary } from './pages';
import { StatusMark } from './StatusMark';

interface ResultRowProps {
  result: Summary;
  onDelete: (result: Summary) => void;
}

/** One result in a line or two; all of it leads there. */
export const ResultRow = memo(function ResultRow({ result, onDelete }: ResultRowProps) {
  const { t } = useTranslation('results');
  const remove = (event: MouseEvent<HTMLElement>) => {
    // The row goes, and the focus is not to go with it.
    const row = event.currentTarget.closest('li');
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    next?.querySelector('a')?.focus();
    onDelete(result);
  };
  return (
    <article className="relative flex items-start gap-3 border-line border-b py-3 ps-2 hover:bg-raised sm:items-center sm:gap-6 sm:ps-3">
      <div className="min-w-0 flex-1">
        <Link
          to="/results/$resultId"
          params={{ resultId: result.id }}
          className="line-clamp-2 font-semibold text-lg after:absolute after:inset-0"
        >
          <bdi>{result.title}</bdi>
        </Link>
        <Facts result={result} />
        <Outcome result={result} />
      </div>
      <IconButton
        label={t('row.delete', { title: result.title })}
        className="relative text-muted hover:text-danger"
        onClick={remove}
      >
        <TrashIcon />
      </IconButton>
    </article>
  );
});

function Facts({ result }: { result: Summary }) {
  const { i18n } = useTranslation('results');
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-muted text-sm">
      <StatusMark status={result.status} />
      {result.duration_ms !== null && <Length ms={result.duration_ms} />}
      {result.language && <span>{languageName(result.language, i18n.language)}</span>}
      <time dateTime={result.created_at} title={formatDateTime(result.created_at, i18n.language)}>
        {formatWhen(result.created_at, i18n.language)}
      </time>
    </div>
  );
}

function Outcome({ result }: { result: Summary }) {
  const { t, i18n } = useTranslation('results');
  if (result.error) {
    const { code, message } = result.error;
    const failure = new Problem({ code, status: 0, detail: message });
    return (
      <p className="mt-1 line-clamp-2 text-danger text-sm">
        <bdi>{problemSentence(failure, i18n, 'results')}</bdi>
      </p>
    );
  }
  if (!isUnderWay(result.status)) return <FirstWords result={result} />;
  return (
    <ProgressBar
      label={t('row.progress', { title: result.title })}
      value={result.status === 'received' ? null : result.progress}
      className="mt-2 max-w-sm"
    />
  );
}

function FirstWords({ result: { excerpt, language } }: { result: Summary }) {
  if (!excerpt) return null;
  return (
    <p dir="auto" lang={language ?? undefined} className="mt-1.5 line-clamp-2 font-reading sm:line-clamp-1">
      {excerpt}
    </p>
  );
}
