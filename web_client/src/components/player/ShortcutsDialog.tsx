import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/Dialog';
import { Key } from '@/components/Key';

/** What a text is divided into where it is bound to its sound. */
export type Unit = 'word' | 'sentence';

const SHORTCUTS = [
  { does: 'play', keys: ['space'] },
  { does: 'skip', keys: ['left', 'right'] },
  { does: 'step', keys: ['shift', 'left', 'right'] },
  { does: 'ends', keys: ['home', 'end'] },
  { does: 'leap', keys: ['pageUp', 'pageDown'] },
  { does: 'playFrom', keys: ['enter'] },
] as const;

interface ShortcutsDialogProps {
  /** What the text is lit by, and gone through in. */
  unit: Unit;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What the keyboard does. */
export function ShortcutsDialog({ unit, ...dialog }: ShortcutsDialogProps) {
  const { t } = useTranslation('player');
  return (
    <Dialog {...dialog} title={t('shortcuts.title')}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-3">
        {SHORTCUTS.map(({ does, keys }) => (
          <div key={does} className="col-span-2 grid grid-cols-subgrid">
            <dt className="flex flex-wrap items-start gap-1" dir="ltr">
              {keys.map((key) => (
                <Key key={key}>{t(`shortcuts.keys.${key}`)}</Key>
              ))}
            </dt>
            <dd>
              {t(does === 'step' || does === 'playFrom' ? `shortcuts.${does}.${unit}` : `shortcuts.${does}`)}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
