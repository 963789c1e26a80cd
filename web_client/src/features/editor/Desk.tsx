import { useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { positionOf } from '@/components/player/sound';
import { FollowAgain } from '@/components/reading/FollowAgain';
import { useToast } from '@/components/Toast';
import { actsOf } from './acts';
import { Bar } from './Bar';
import type { EditorProps } from './Editor';
import { LONGEST_SOUGHT } from './find/FindPanel';
import { SoughtNow } from './find/sought';
import { lineAt } from './line/acts';
import { textBoxOf } from './line/caret';
import { Lines, type Reach } from './line/Lines';
import { LONGEST, useTyping } from './line/useTyping';
import { ConflictDialog } from './saving/ConflictDialog';
import type { TranscriptText } from './text/lines';
import type { Sought } from './text/replacing';
import { useDraft } from './useDraft';
import { useKeys } from './useKeys';
import { useSpoken } from './useSpoken';

/** What is marked in a line is what one looks for, from there on. */
function beginning(): Sought {
  const marked = textBoxOf(document.activeElement) ? String(getSelection()) : '';
  return { find: marked.trim().slice(0, LONGEST_SOUGHT), match_case: false, whole_words: false };
}

/** Where a text is worked on. */
export function Desk({
  text,
  language,
  durationMs,
  sound,
  onText,
  onClose,
  ...place
}: EditorProps & { text: TranscriptText }) {
  const { t } = useTranslation('editor');
  const toast = useToast();
  const list = useRef<HTMLOListElement>(null);
  const { draft, saver } = useDraft(place, text, onText);
  const [sought, setSought] = useState<Sought | null>(null);
  const conflicts = useSyncExternalStore(draft.subscribe, () => draft.conflicts);
  const [putAway, setPutAway] = useState<typeof conflicts | null>(null);
  const lines = useRef<Reach>(null);
  const reach = useCallback<Reach>((key) => lines.current?.(key) ?? null, []);
  const { following, follow, light } = useSpoken(draft, sound, list, reach);
  const acts = {
    ...actsOf({ draft, saver, sound, reach }),
    find: () => setSought(sought ? null : beginning()),
  };
  useKeys(acts);
  useTyping({
    draft,
    list,
    onUndo: acts.undo,
    onRedo: acts.redo,
    onTooLong: () => toast({ kind: 'failure', text: t('line.tooLong', { most: LONGEST }) }),
  });
  const desk = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What opened this is gone, and had the focus. Later, since what is being drawn can't be asked for more.
    const timer = setTimeout(() => {
      desk.current?.focus({ preventScroll: true });
      const key = sound && positionOf(sound) > 0 ? lineAt(draft, positionOf(sound)) : undefined;
      if (key) reach(key)?.scrollIntoView({ block: 'center', behavior: 'instant' });
    });
    return () => clearTimeout(timer);
  }, [draft, sound, reach]);
  const leaving = useBlocker({
    shouldBlockFn: async () => !(await saver.settle()),
    enableBeforeUnload: () => !draft.isSaved,
    withResolver: true,
  });
  return (
    <div ref={desk} tabIndex={-1} className="flex flex-col outline-none">
      <Bar
        draft={draft}
        saver={saver}
        reach={reach}
        acts={acts}
        sought={sought}
        onSeek={setSought}
        onDecide={() => setPutAway(null)}
        onClose={onClose}
      />
      <SoughtNow value={sought}>
        <Lines
          draft={draft}
          language={language}
          durationMs={durationMs}
          sound={sound}
          list={list}
          reach={lines}
          onDrawn={light}
        />
      </SoughtNow>
      {!following && <FollowAgain unit="word" onFollow={follow} />}
      {conflicts.length > 0 && conflicts !== putAway && (
        <ConflictDialog
          conflicts={conflicts}
          onClose={() => setPutAway(conflicts)}
          onDecide={(choices) => draft.decide(choices)}
        />
      )}
      {leaving.status === 'blocked' && (
        <ConfirmDialog
          open
          onOpenChange={leaving.reset}
          title={t('leave.title')}
          description={t(conflicts.length > 0 ? 'leave.undecided' : 'leave.text')}
          confirm={t('leave.confirm')}
          onConfirm={leaving.proceed}
        />
      )}
    </div>
  );
}
