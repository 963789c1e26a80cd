import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/components/Button';
import { Field } from '@/components/Field';
import { CloseIcon } from '@/components/icons';
import { DownIcon } from '@/components/pageIcons';
import type { Paragraph } from '@/components/reading/paragraphs';
import type { Word } from '../queries';
import { useFound } from './useFound';

interface FindBarProps {
  paragraphs: readonly Paragraph[];
  words: readonly Word[];
  sound: HTMLMediaElement | null;
  onClose: () => void;
}

/** Looks for something in the text that is read. It stays at the foot of the window. */
export function FindBar({ paragraphs, words, sound, onClose }: FindBarProps) {
  const { t } = useTranslation('transcript');
  const bar = useRef<HTMLElement>(null);
  const [typed, setTyped] = useState('');
  const { count, at, step, restart } = useFound(paragraphs, words, sound, typed);
  // A menu or a button that opened this has the focus first.
  useEffect(() => {
    const before = document.activeElement;
    const field = bar.current?.querySelector('input');
    field?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <search
      ref={bar}
      aria-label={t('find.label')}
      onKeyDown={press}
      className="sticky bottom-24 z-30 mt-4 flex max-w-xl flex-wrap items-end gap-x-1 gap-y-2 rounded-2xl border border-line bg-surface p-3 shadow-float sm:bottom-4"
    >
      <Field
        type="search"
        label={t('find.field')}
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          restart();
        }}
        className="min-w-40 flex-1"
      />
      <IconButton label={t('find.before')} disabled={count === 0} onClick={() => step(-1)}>
        <DownIcon className="rotate-180" />
      </IconButton>
      <IconButton label={t('find.next')} disabled={count === 0} onClick={() => step(1)}>
        <DownIcon />
      </IconButton>
      <IconButton label={t('find.close')} onClick={onClose}>
        <CloseIcon />
      </IconButton>
      <p role="status" className="min-h-5 basis-full text-muted text-sm tabular-nums">
        {typed.trim() !== '' && (count === 0 ? t('find.none') : t('find.at', { at: at + 1, count }))}
      </p>
    </search>
  );
}
