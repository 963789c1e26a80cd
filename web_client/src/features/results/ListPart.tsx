import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultsWanted } from '@/api/results';
import { classes } from '@/components/classes';
import { useFound, useFoundText } from '@/components/find/Found';
import { isPlain, type ResultFilter } from '@/components/find/filter';
import type { Summary } from '@/components/results/pages';
import { ResultList } from './ResultList';
import { useDeleteWithUndo } from './useDeleteWithUndo';
import type { useResults } from './useResults';
import { type Selection, useSelection } from './useSelection';

const BulkBar = lazy(async () => ({ default: (await import('./bulk/BulkBar')).BulkBar }));

interface ListPartProps {
  list: ReturnType<typeof useResults>['list'];
  rows: Summary[] | null;
  filter: ResultFilter;
  wanted: ResultsWanted;
  onExport: (results: readonly Summary[]) => void;
}

const NONE: readonly Summary[] = [];

/** The rows, how many there are, and what can be done with those that are chosen. */
export function ListPart({ list, rows, filter, wanted, onExport }: ListPartProps) {
  const remove = useDeleteWithUndo();
  const selection = useSelection(rows ?? NONE);
  const isOld = list.isPlaceholderData;
  // All are here: then nobody else has to count them.
  const isNew = rows !== null && !isOld;
  const all = isNew && !list.hasNextPage ? { total: rows.length, is_capped: false } : null;
  const counted = useFound(wanted, isNew && list.hasNextPage && !isPlain(filter));
  const found = all ?? counted;
  return (
    <>
      <ListHead
        rows={rows ?? NONE}
        selection={selection}
        found={found}
        onExport={onExport}
        onDelete={remove}
      />
      {rows && rows.length > 0 && (
        <div aria-busy={isOld} className={classes('transition-opacity', isOld && 'opacity-60')}>
          <ResultList
            rows={rows}
            total={found && !found.is_capped ? found.total : null}
            chosen={selection.ids}
            onChoose={selection.toggle}
            onDelete={remove}
            // After a failure it is the reader's to say when to try again.
            onNearEnd={() => {
              const isQuiet = !isOld && !list.isFetching && !list.isFetchNextPageError;
              if (list.hasNextPage && isQuiet) void list.fetchNextPage();
            }}
          />
        </div>
      )}
    </>
  );
}

interface ListHeadProps {
  rows: readonly Summary[];
  selection: Selection;
  found: Parameters<ReturnType<typeof useFoundText>>[0] | null;
  onExport: (results: readonly Summary[]) => void;
  onDelete: (results: readonly Summary[]) => void;
}

/** How many there are or how many are chosen; it stays in sight while any is. */
function ListHead({ rows, selection, found, onExport, onDelete }: ListHeadProps) {
  const { t } = useTranslation('results');
  const foundText = useFoundText();
  const { chosen, chooseAll } = selection;
  const isAny = chosen.length > 0;
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = isAny && chosen.length < rows.length;
  });
  /** What is pressed goes, and the focus is not to go with it. */
  const ending = (deed: () => void) => () => {
    box.current?.focus();
    deed();
  };
  return (
    <div
      className={classes(
        'flex min-h-13 flex-wrap items-center gap-x-2',
        // What is in it is in sight already: nothing has to scroll for it to get the focus.
        isAny && 'sticky top-0 z-20 border-line border-b bg-page [&_:is(button,input)]:-scroll-mt-4',
      )}
    >
      {rows.length > 0 && (
        <label className="grid size-11 shrink-0 place-items-center">
          <input
            type="checkbox"
            className="size-5"
            aria-label={t('choose.all')}
            title={t('choose.all')}
            checked={chosen.length === rows.length}
            ref={box}
            onChange={() => chooseAll(!isAny)}
          />
        </label>
      )}
      <p role="status" className={classes('grow', !isAny && 'text-muted')}>
        {isAny ? t('choose.chosen', { count: chosen.length }) : found && foundText(found)}
      </p>
      {isAny && (
        <Suspense>
          <BulkBar
            chosen={chosen}
            onExport={() => onExport(chosen)}
            onDelete={ending(() => onDelete(chosen))}
            onClear={ending(() => chooseAll(false))}
          />
        </Suspense>
      )}
    </div>
  );
}
