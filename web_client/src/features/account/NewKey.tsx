import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field } from '@/components/Field';
import { CopyIcon } from '@/components/pageIcons';

interface NewKeyProps {
  made: Schemas['KeyMade'];
  onClose: () => void;
}

/** The one time that a key can be seen. */
export function NewKey({ made, onClose }: NewKeyProps) {
  const { t } = useTranslation('account');
  const place = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(made.key);
      setCopied('yes');
    } catch {
      // Not allowed, or no secure page: then it is there to be copied by hand.
      place.current?.querySelector('input')?.select();
      setCopied('no');
    }
  };
  return (
    <Dialog
      open
      isOnce
      onOpenChange={onClose}
      title={t('keys.made')}
      description={t('keys.once')}
      actions={<Button onClick={onClose}>{t('keys.kept')}</Button>}
    >
      <div ref={place} className="flex flex-col gap-3">
        <Field
          label={made.name}
          readOnly
          dir="ltr"
          value={made.key}
          onFocus={(event) => event.target.select()}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button look="primary" onClick={() => void copy()}>
            <CopyIcon />
            {t('keys.copy')}
          </Button>
          <p role="status">
            {copied === 'yes' && t('keys.copied')}
            {copied === 'no' && t('keys.notCopied')}
          </p>
        </div>
      </div>
    </Dialog>
  );
}
