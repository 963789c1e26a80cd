import { type FormEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Field } from '@/components/Field';
import { nameOfSpeaker } from '@/components/reading/speakers';
import type { Draft } from '../Draft';
import { LONGEST_NAME } from './SpeakerField';

interface RenameDialogProps {
  draft: Draft;
  speaker: string;
  onClose: () => void;
}

/** Asks for the name of a speaker, who then has it in every line. */
export function RenameDialog({ draft, speaker, onClose }: RenameDialogProps) {
  const { t } = useTranslation('editor');
  const { t: inPlayer } = useTranslation('player');
  const form = useId();
  const count = draft.lines.filter((line) => line.speaker === speaker).length;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    onClose();
    if (name && name !== speaker) draft.do([{ op: 'rename_speaker', speaker, name }], null);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('rename.title', { name: `\u2068${nameOfSpeaker(speaker, inPlayer)}\u2069` })}
      description={t('rename.text', { count })}
      actions={
        <>
          <Button onClick={onClose}>{t('rename.cancel')}</Button>
          <Button look="primary" type="submit" form={form}>
            {t('rename.confirm')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field
          name="name"
          label={t('rename.name')}
          dir="auto"
          autoComplete="off"
          maxLength={LONGEST_NAME}
          required
          defaultValue={nameOfSpeaker(speaker, inPlayer)}
        />
      </form>
    </Dialog>
  );
}
