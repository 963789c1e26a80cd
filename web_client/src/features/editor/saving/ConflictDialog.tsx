import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Difference } from '@/components/difference/Difference';
import { nameOfSpeaker } from '@/components/reading/speakers';
import { formatClock } from '@/lib/format';
import type { Line } from '../text/lines';
import type { Conflict } from '../text/rebase';

type Choice = 'mine' | 'theirs';

interface ConflictDialogProps {
  conflicts: readonly Conflict[];
  /** Put away for now. */
  onClose: () => void;
  onDecide: (choices: Choice[]) => void;
}

/** Shows what two have made of the same lines, for one of them to choose. */
export function ConflictDialog({ conflicts, onClose, onDecide }: ConflictDialogProps) {
  const { t } = useTranslation('editor');
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const choiceOf = (at: number): Choice => choices[at] ?? 'mine';
  const choose = (at: number, choice: Choice) =>
    setChoices(conflicts.map((_, place) => (place === at ? choice : choiceOf(place))));
  return (
    <Dialog
      open
      isOnce
      onOpenChange={onClose}
      title={t('conflict.title')}
      description={t('conflict.text')}
      actions={
        <Button look="primary" onClick={() => onDecide(conflicts.map((_, at) => choiceOf(at)))}>
          {t('conflict.keep')}
        </Button>
      }
    >
      <div className="flex flex-col gap-6">
        {conflicts.map((conflict, at) => (
          <Choices
            key={conflict.mine[0]?.key ?? conflict.theirs[0]?.key}
            conflict={conflict}
            chosen={choiceOf(at)}
            onChoose={(choice) => choose(at, choice)}
          />
        ))}
      </div>
    </Dialog>
  );
}

interface ChoicesProps {
  conflict: Conflict;
  chosen: Choice;
  onChoose: (choice: Choice) => void;
}

function Choices({ conflict, chosen, onChoose }: ChoicesProps) {
  const { t } = useTranslation('editor');
  const first = conflict.mine[0] ?? conflict.theirs[0];
  const name = `choice-${first?.key}`;
  return (
    <fieldset>
      <legend className="mb-2 font-medium">
        {t('conflict.at', { time: formatClock(first?.start_ms ?? 0) })}
      </legend>
      <div className="flex flex-col gap-2">
        {(['mine', 'theirs'] as const).map((choice) => (
          <label
            key={choice}
            className="flex cursor-pointer gap-3 rounded-xl border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft/40"
          >
            <input
              type="radio"
              name={name}
              checked={choice === chosen}
              onChange={() => onChoose(choice)}
              className="mt-1.5 size-4 shrink-0"
            />
            <span className="min-w-0">
              <span className="block font-medium text-sm">{t(`conflict.${choice}`)}</span>
              <Said lines={conflict[choice]} beside={choice === 'mine' ? conflict.theirs : conflict.mine} />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Lines, with what is not in the other's struck out or marked. */
function Said({ lines, beside }: { lines: readonly Line[]; beside: readonly Line[] }) {
  const { t } = useTranslation('editor');
  const { t: inPlayer } = useTranslation('player');
  if (lines.length === 0) return <span className="text-muted italic">{t('conflict.removed')}</span>;
  return lines.map(({ key, text, speaker }, at) => (
    <span key={key} dir="auto" className="block font-reading">
      {speaker !== null && (
        <bdi className="me-1.5 font-medium font-sans text-sm">{nameOfSpeaker(speaker, inPlayer)}:</bdi>
      )}
      <Marked before={beside[at]?.text} text={text} />
    </span>
  ));
}

function Marked({ before, text }: { before: string | undefined; text: string }) {
  return before === undefined ? text : <Difference before={before} after={text} onlyAfter />;
}
