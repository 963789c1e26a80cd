import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { FieldFrame } from '@/components/Field';
import { CheckIcon } from '@/components/icons';
import { CopyIcon } from '@/components/pageIcons';

/** Something to be taken along: a press copies it, or marks it where the browser lets nobody copy. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation('components');
  const field = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'copied' | 'marked' | null>(null);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      field.current?.select();
      setState('marked');
    }
  };

  return (
    <div className="flex flex-col gap-2">
      <FieldFrame label={label}>
        {(wiring) => (
          <input
            {...wiring}
            ref={field}
            readOnly
            dir="ltr"
            value={value}
            onFocus={({ target }) => target.select()}
          />
        )}
      </FieldFrame>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void copy()}>
          {state === 'copied' ? <CheckIcon /> : <CopyIcon />}
          {t('copy.copy')}
        </Button>
        <p role="status" className="text-muted text-sm">
          {state && t(`copy.${state}`)}
        </p>
      </div>
    </div>
  );
}
