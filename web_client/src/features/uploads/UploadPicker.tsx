import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { UploadIcon } from '@/components/icons';
import { useToast } from '@/components/Toast';
import { DropVeil } from './DropVeil';
import { ACCEPTED } from './mediaTypes';
import type { Brought } from './sending';
import { useBring } from './useUploads';

/** Where files are brought: chosen, or dropped anywhere on the page. */
export function UploadPicker() {
  const { t } = useTranslation('uploads');
  const toast = useToast();
  const bring = useBring();
  const input = useRef<HTMLInputElement>(null);

  const take = (brought: Brought[]) => {
    const whole = brought.filter(({ file }) => file.size > 0);
    if (whole.length < brought.length || brought.length === 0) {
      toast({ kind: 'failure', text: t('pick.nothing') });
    }
    if (whole.length > 0) bring.mutate(whole);
  };

  return (
    <section
      aria-labelledby="bring-files"
      className="flex flex-col items-center justify-center gap-4 rounded-2xl border-2 border-line border-dashed px-5 py-8 text-center"
    >
      <span className="text-3xl text-muted">
        <UploadIcon />
      </span>
      <div>
        <h2 id="bring-files" className="font-semibold text-xl">
          {t('pick.title')}
        </h2>
        <p className="mt-1 text-balance text-muted">{t('pick.hint')}</p>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPTED.join(',')}
        hidden
        onChange={({ target }) => {
          take([...(target.files ?? [])].map((file) => ({ file })));
          target.value = ''; // the same file may be chosen again
        }}
      />
      <Button size="large" busy={bring.isPending} onClick={() => input.current?.click()}>
        {t('pick.button')}
      </Button>
      <DropVeil onBrought={take} />
    </section>
  );
}
