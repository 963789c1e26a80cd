import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { formatSize } from '@/lib/format';
import type { Sending } from './sending';
import { uploads } from './uploads';

/** Asks for the file of an upload that a reload interrupted: by a mere yes where the browser still knows where it is. */
export function BringAgain({ sending }: { sending: Sending }) {
  const { t, i18n } = useTranslation('uploads');
  const input = useRef<HTMLInputElement>(null);
  const [isOther, setOther] = useState(false);
  const [isLost, setLost] = useState(sending.handle === null);

  const goOn = async () => setLost(!(await uploads.reopen(sending.id)));
  const pick = (file: File | undefined) => {
    if (file) setOther(!uploads.bring(sending.id, file));
  };

  const size = formatSize(sending.size, i18n.language);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl bg-warning-soft px-4 py-3">
      <p className="min-w-48 flex-1 text-warning" role={isOther ? 'alert' : undefined}>
        {isOther
          ? t('again.other', { name: sending.filename, size })
          : t(isLost ? 'again.pick' : 'again.allow', { name: sending.filename })}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        onChange={({ target }) => {
          pick(target.files?.[0]);
          target.value = '';
        }}
      />
      {isLost ? (
        <Button onClick={() => input.current?.click()}>{t('again.button')}</Button>
      ) : (
        <Button onClick={goOn}>{t('again.goOn')}</Button>
      )}
    </div>
  );
}
