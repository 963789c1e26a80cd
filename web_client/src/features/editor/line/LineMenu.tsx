import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Menu, MenuItem, MenuLine } from '@/components/Menu';
import { MoreIcon, PlusIcon, TrashIcon } from '@/components/pageIcons';
import type { Draft } from '../Draft';
import type { Line } from '../text/lines';
import { addAfter, joinWithBefore, joinWithNext, neighbour, removeLine, type Spot } from './acts';
import { boxOf, placeCaret } from './caret';
import { RenameDialog } from './RenameDialog';

interface LineMenuProps {
  draft: Draft;
  line: Line;
  durationMs: number | null;
}

/** What can be done with a line besides writing in it. */
export function LineMenu({ draft, line: { key, speaker }, durationMs }: LineMenuProps) {
  const { t } = useTranslation('editor');
  const [isRenaming, setIsRenaming] = useState(false);
  const go = (act: () => Spot | null) => () => {
    const list = document.querySelector(`[data-line="${key}"]`)?.closest('ol') ?? null;
    const done: { spot: Spot | null } = { spot: null };
    flushSync(() => {
      done.spot = act();
    });
    const box = done.spot && boxOf(list, done.spot.key);
    if (done.spot && box) placeCaret(box, done.spot.from, done.spot.until);
  };
  return (
    <>
      <Menu label={t('line.more')} icon={<MoreIcon />} size="small" className="-my-1 ms-auto">
        <MenuItem
          disabled={neighbour(draft, key, -1) === undefined}
          onSelect={go(() => joinWithBefore(draft, key))}
        >
          {t('line.joinBefore')}
        </MenuItem>
        <MenuItem
          disabled={neighbour(draft, key, 1) === undefined}
          onSelect={go(() => joinWithNext(draft, key))}
        >
          {t('line.joinNext')}
        </MenuItem>
        <MenuItem icon={<PlusIcon />} onSelect={go(() => addAfter(draft, key, durationMs))}>
          {t('line.add')}
        </MenuItem>
        <MenuItem disabled={speaker === null} onSelect={() => setIsRenaming(true)}>
          {t('line.rename')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<TrashIcon />} danger onSelect={go(() => removeLine(draft, key))}>
          {t('line.remove')}
        </MenuItem>
      </Menu>
      {isRenaming && speaker !== null && (
        <RenameDialog draft={draft} speaker={speaker} onClose={() => setIsRenaming(false)} />
      )}
    </>
  );
}
