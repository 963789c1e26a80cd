import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/Dialog';

const SHORTCUTS = [
  { does: 'play', keys: ['space'] },
  { does: 'skip', keys: ['left', 'right'] },
  { does: 'word', keys: ['shift', 'left', 'right'] },
  { does: 'ends', keys: ['home', 'end'] },
  { does: 'leap', keys: ['pageUp', 'pageDown'] },
  { does: 'playWord', keys: ['enter'] },
] as const;

interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What the keyboard does. */
export function ShortcutsDialog(dialog: ShortcutsDialogProps) {
  const { t } = useTranslation('transcript');
  return (
    <Dialog {...dialog} title={t('shortcuts.title')}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-3">
        {SHORTCUTS.map(({ does, keys }) => (
          <div key={does} className="col-span-2 grid grid-cols-subgrid">
            <dt className="flex flex-wrap items-start gap-1" dir="ltr">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="rounded-md border border-edge bg-raised px-2 py-0.5 font-sans text-sm"
                >
                  {t(`shortcuts.keys.${key}`)}
                </kbd>
              ))}
            </dt>
            <dd>{t(`shortcuts.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
