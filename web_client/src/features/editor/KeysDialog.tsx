import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/Dialog';
import { Key } from '@/components/Key';

/** As keyboards have it; ⌘ stands where others have Ctrl. */
const COMMAND = /mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : 'Ctrl';

const KEYS = [
  { does: 'play', keys: ['Ctrl', 'space'] },
  { does: 'playFrom', keys: [COMMAND, 'enter'] },
  { does: 'split', keys: ['enter'] },
  { does: 'join', keys: ['backspace'] },
  { does: 'undo', keys: [COMMAND, 'Z'] },
  { does: 'redo', keys: [COMMAND, 'shift', 'Z'] },
  { does: 'find', keys: [COMMAND, 'F'] },
  { does: 'unsure', keys: ['alt', '↓'] },
  { does: 'unsureBefore', keys: ['alt', '↑'] },
  { does: 'save', keys: [COMMAND, 'S'] },
] as const;

/** Keys that have a name of their own in each language. */
const NAMED = ['space', 'enter', 'backspace', 'shift', 'alt'] as const;
type Named = (typeof NAMED)[number];

/** What the keyboard does while a text is corrected. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('editor');
  const nameOf = (key: string) => (NAMED.includes(key as Named) ? t(`keys.names.${key as Named}`) : key);
  return (
    <Dialog open onOpenChange={onClose} title={t('keys.title')}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-3">
        {KEYS.map(({ does, keys }) => (
          <div key={does} className="col-span-2 grid grid-cols-subgrid items-center">
            <dt className="flex flex-wrap items-start gap-1" dir="ltr">
              {keys.map((key) => (
                <Key key={key}>{nameOf(key)}</Key>
              ))}
            </dt>
            <dd>{t(`keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
