import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '@/components/Button';
import { CheckField, Field } from '@/components/Field';
import { CloseIcon } from '@/components/icons';
import { DownIcon } from '@/components/pageIcons';
import type { Draft } from '../Draft';
import { UpIcon } from '../icons';
import type { Reach } from '../line/Lines';
import { replaced, type Sought } from '../text/replacing';
import { useHits } from './useHits';

interface FindPanelProps {
  draft: Draft;
  reach: Reach;
  sought: Sought;
  onSeek: (sought: Sought) => void;
  onClose: () => void;
}

/** What the service takes as a text to look for. */
export const LONGEST_SOUGHT = 500;

/** Looks for a text as it stands there, and puts another one in its place. */
export function FindPanel({ draft, reach, sought, onSeek, onClose }: FindPanelProps) {
  const { t } = useTranslation('editor');
  const panel = useRef<HTMLElement>(null);
  const [replacement, setReplacement] = useState('');
  const [done, setDone] = useState<number | null>(null);
  const { hits, at, step } = useHits(draft, reach, sought);
  useEffect(() => panel.current?.querySelector('input')?.select(), []);

  const seek = (wish: Partial<Sought>) => {
    setDone(null);
    onSeek({ ...sought, ...wish });
  };
  const replaceOne = () => {
    const hit = hits[at];
    const line = hit && draft.line(hit.key);
    if (!hit || !line) return;
    const text = (line.text.slice(0, hit.from) + replacement + line.text.slice(hit.until)).trim();
    const { key } = line;
    draft.do([text === '' ? { op: 'remove', key } : { op: 'change', key, text }], key);
  };
  const replaceAll = () => {
    setDone(draft.lines.reduce((sum, { text }) => sum + replaced(text, { ...sought, replacement }).count, 0));
    draft.do([{ op: 'replace_all', ...sought, replacement }], null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && event.target === panel.current?.querySelector('input'))
      step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <search
      ref={panel}
      aria-label={t('find.label')}
      onKeyDown={press}
      className="flex flex-col gap-2 text-sm"
    >
      <div className="flex items-end gap-2">
        <Field
          type="search"
          label={t('find.find')}
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          maxLength={LONGEST_SOUGHT}
          value={sought.find}
          onChange={({ target }) => seek({ find: target.value })}
          className="min-w-0 flex-1"
        />
        <IconButton label={t('find.before')} disabled={hits.length === 0} onClick={() => step(-1)}>
          <UpIcon />
        </IconButton>
        <IconButton label={t('find.next')} disabled={hits.length === 0} onClick={() => step(1)}>
          <DownIcon />
        </IconButton>
        <IconButton label={t('find.close')} onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </div>
      <div className="flex flex-wrap items-end gap-2">
        <Field
          label={t('find.replacement')}
          dir="auto"
          autoComplete="off"
          maxLength={LONGEST_SOUGHT}
          value={replacement}
          onChange={({ target }) => setReplacement(target.value)}
          className="min-w-40 flex-1 max-sm:basis-full"
        />
        <Button disabled={hits.length === 0} onClick={replaceOne}>
          {t('find.replace')}
        </Button>
        <Button disabled={hits.length === 0} onClick={replaceAll}>
          {t('find.replaceAll')}
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-x-5">
        <CheckField
          label={t('find.matchCase')}
          checked={sought.match_case}
          onChange={({ target }) => seek({ match_case: target.checked })}
        />
        <CheckField
          label={t('find.wholeWords')}
          checked={sought.whole_words}
          onChange={({ target }) => seek({ whole_words: target.checked })}
        />
        <p role="status" className="ms-auto text-muted tabular-nums">
          {done !== null
            ? t('find.replaced', { count: done })
            : sought.find !== '' &&
              (hits.length === 0 ? t('find.none') : t('find.at', { at: at + 1, count: hits.length }))}
        </p>
      </div>
    </search>
  );
}
