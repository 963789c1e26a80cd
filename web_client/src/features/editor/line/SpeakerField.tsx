import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '@/components/Field';
import type { Draft } from '../Draft';
import type { Line } from '../text/lines';

/** What the service takes as a name. */
export const LONGEST_NAME = 100;

interface SpeakerFieldProps {
  draft: Draft;
  line: Line;
  onChange: (speaker: string | null) => void;
}

/** Who speaks: a name, with those that are there already offered. It counts on leaving the field, or by Enter. */
export function SpeakerField({ draft, line, onChange }: SpeakerFieldProps) {
  const { t } = useTranslation('editor');
  const names = useId();
  const [typed, setTyped] = useState(line.speaker ?? '');
  const [shown, setShown] = useState(line.speaker);
  if (shown !== line.speaker) {
    setShown(line.speaker);
    setTyped(line.speaker ?? '');
  }
  const commit = () => {
    const speaker = typed.trim() || null;
    if (speaker !== line.speaker) onChange(speaker);
  };
  return (
    <FieldFrame label={t('line.speaker')} className="min-w-40 text-sm max-sm:basis-full sm:flex-1">
      {(wiring) => (
        <>
          <input
            {...wiring}
            dir="auto"
            list={names}
            autoComplete="off"
            maxLength={LONGEST_NAME}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            onBlur={commit}
            onKeyDown={({ key }) => key === 'Enter' && commit()}
          />
          <datalist id={names}>
            {speakersOf(draft).map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </FieldFrame>
  );
}

function speakersOf({ lines }: Draft): string[] {
  return [...new Set(lines.flatMap(({ speaker }) => speaker ?? []))];
}
