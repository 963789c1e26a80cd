import { Link } from '@tanstack/react-router';
import { type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { IconButton } from '@/components/Button';
import { classes } from '@/components/classes';
import { Hits } from '@/components/find/Hits';
import { Marked } from '@/components/find/Marked';
import { TagList } from '@/components/find/TagList';
import { ProgressBar } from '@/components/ProgressBar';
import { TrashIcon } from '@/components/pageIcons';
import { problemSentence } from '@/components/problemSentence';
import { Thumbnail } from '@/components/rendition/Thumbnail';
import { isUnderWay, type Summary } from '@/components/results/pages';
import { RowFacts } from './RowFacts';

/** What can be done with rows. */
export interface RowDeeds {
  onChoose: (id: string, isRange: boolean) => void;
  onDelete: (results: readonly Summary[]) => void;
}

interface ResultRowProps extends RowDeeds {
  result: Summary;
  isChosen: boolean;
}

/** One result in a few lines; all of it leads there, and each hit to where it is spoken. */
export const ResultRow = memo(function ResultRow({ result, isChosen, onChoose, onDelete }: ResultRowProps) {
  const { t } = useTranslation('results');
  const { id, title, title_snippet, tags } = result;
  const remove = (event: MouseEvent<HTMLElement>) => {
    // The row goes, and the focus is not to go with it.
    const row = event.currentTarget.closest('li');
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    next?.querySelector('a')?.focus();
    onDelete([result]);
  };
  return (
    <article
      className={classes(
        // What gets the focus is not to be below the head, which may stay at the top.
        'relative flex items-start gap-1 border-line border-b py-3 sm:gap-2 [&_:is(a,button,input)]:scroll-mt-16',
        isChosen ? 'bg-accent-soft' : 'hover:bg-raised',
      )}
    >
      <Choice title={title} isChosen={isChosen} onChoose={(isRange) => onChoose(id, isRange)} />
      <Thumbnail result={result} small className="my-1 size-14 shrink-0 rounded-lg sm:size-18" />
      <div className="min-w-0 flex-1 ps-1">
        <Link
          to="/results/$resultId"
          params={{ resultId: id }}
          className="line-clamp-2 font-semibold text-lg after:absolute after:inset-0"
        >
          <bdi>{title_snippet ? <Marked snippet={title_snippet} /> : title}</bdi>
        </Link>
        <RowFacts result={result} />
        <Outcome result={result} />
        {tags.length > 0 && <TagList tags={tags} />}
      </div>
      <IconButton
        label={t('row.delete', { title })}
        className="relative text-muted hover:text-danger sm:self-center"
        onClick={remove}
      >
        <TrashIcon />
      </IconButton>
    </article>
  );
});

interface ChoiceProps {
  title: string;
  isChosen: boolean;
  onChoose: (isRange: boolean) => void;
}

function Choice({ title, isChosen, onChoose }: ChoiceProps) {
  const { t } = useTranslation('results');
  return (
    <label className="-mt-2 relative z-1 grid size-11 shrink-0 place-items-center">
      <input
        type="checkbox"
        className="size-5"
        aria-label={t('choose.row', { title })}
        checked={isChosen}
        // With the shift key it would mark the text between as well.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onChange={({ nativeEvent }) =>
          onChoose(nativeEvent instanceof window.MouseEvent && nativeEvent.shiftKey)
        }
      />
    </label>
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
  if (isUnderWay(result.status)) {
    return (
      <ProgressBar
        label={t('row.progress', { title: result.title })}
        value={result.status === 'received' ? null : result.progress}
        className="mt-2 max-w-sm"
      />
    );
  }
  if (result.hits?.length) return <Hits result={result} />;
  return <FirstWords result={result} />;
}

function FirstWords({ result: { excerpt, language } }: { result: Summary }) {
  if (!excerpt) return null;
  return (
    <p dir="auto" lang={language ?? undefined} className="mt-1.5 line-clamp-2 font-reading sm:line-clamp-1">
      {excerpt}
    </p>
  );
}
