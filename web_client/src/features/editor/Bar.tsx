import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '@/components/Button';
import type { Draft } from './Draft';
import { FindPanel } from './find/FindPanel';
import { RedoIcon, ReplaceIcon, UndoIcon, UnsureIcon } from './icons';
import { KeysDialog } from './KeysDialog';
import type { Reach } from './line/Lines';
import type { Saver } from './saving/Saver';
import { SavingNote } from './saving/SavingNote';
import type { Sought } from './text/replacing';
import type { Acts } from './useKeys';

interface BarProps {
  draft: Draft;
  saver: Saver;
  reach: Reach;
  acts: Acts;
  /** null while nobody looks for anything. */
  sought: Sought | null;
  onSeek: (sought: Sought | null) => void;
  onDecide: () => void;
  onClose: () => void;
}

/** What can be done to the text as a whole, and whether it is saved. It stays at the foot of the window. */
export function Bar({ draft, saver, reach, acts, sought, onSeek, onDecide, onClose }: BarProps) {
  const { t } = useTranslation('editor');
  const [isAsked, setIsAsked] = useState(false);
  const canUndo = useSyncExternalStore(draft.subscribe, () => draft.history.canUndo);
  const canRedo = useSyncExternalStore(draft.subscribe, () => draft.history.canRedo);
  return (
    <section
      aria-label={t('bar')}
      className="sticky bottom-24 z-20 order-last mt-4 flex flex-col gap-2 rounded-2xl border border-line bg-surface p-2 shadow-float sm:bottom-4 sm:p-3"
    >
      {sought && (
        <FindPanel draft={draft} reach={reach} sought={sought} onSeek={onSeek} onClose={() => onSeek(null)} />
      )}
      <div className="flex flex-wrap items-center gap-x-1 gap-y-1">
        <IconButton label={t('undo')} disabled={!canUndo} onClick={acts.undo}>
          <UndoIcon className="mirrored" />
        </IconButton>
        <IconButton label={t('redo')} disabled={!canRedo} onClick={acts.redo}>
          <RedoIcon className="mirrored" />
        </IconButton>
        <IconButton label={t('findAndReplace')} aria-expanded={sought !== null} onClick={acts.find}>
          <ReplaceIcon />
        </IconButton>
        <IconButton label={t('nextUnsure')} onClick={acts.nextUnsure}>
          <UnsureIcon />
        </IconButton>
        <IconButton
          label={t('keys.title')}
          aria-haspopup="dialog"
          onClick={() => setIsAsked(true)}
          className="text-muted pointer-coarse:hidden"
        >
          ?
        </IconButton>
        <SavingNote saver={saver} onDecide={onDecide} />
        <Button look="primary" onClick={onClose} className="ms-auto">
          {t('done')}
        </Button>
      </div>
      {isAsked && <KeysDialog onClose={() => setIsAsked(false)} />}
    </section>
  );
}
