import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Document } from '@/api/documents';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { CheckField, Field } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { useToast } from '@/components/Toast';
import { changeOf } from './change';
import { type Change, useChange } from './documents';
import { LanguageField } from './LanguageField';
import { TextPart } from './TextPart';

interface EditDialogProps {
  document: Document;
  etag: string | null;
  open: boolean;
  onClose: () => void;
}

/** Changes a document; what was recited of it stays as it is. */
export function EditDialog({ document, etag, open, onClose }: EditDialogProps) {
  const { t } = useTranslation('documents');
  const form = useId();
  const toast = useToast();
  const change = useChange(document.id, etag);
  const close = () => {
    change.reset();
    onClose();
  };
  const submit = (news: Change) => {
    if (Object.keys(news).length === 0) return close();
    change.mutate(news, {
      onSuccess: () => {
        toast({ text: t('edit.done') });
        onClose();
      },
    });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={t('edit.title')}
      actions={
        <>
          <Button onClick={close}>{t('edit.cancel')}</Button>
          <Button look="primary" type="submit" form={form} busy={change.isPending}>
            {t('edit.save')}
          </Button>
        </>
      }
    >
      <EditForm id={form} document={document} onSubmit={submit} />
      <ProblemNote error={change.error} namespace="documents" />
    </Dialog>
  );
}

interface EditFormProps {
  id: string;
  document: Document;
  onSubmit: (change: Change) => void;
}

function EditForm({ id, document, onSubmit }: EditFormProps) {
  const { t } = useTranslation('documents');
  // Held against what was there when they began: what somebody else changes meanwhile is not theirs to undo.
  const [seen] = useState(document);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(changeOf(new FormData(event.currentTarget), seen));
  };
  return (
    <form id={id} onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={t('field.title')}
        name="title"
        defaultValue={seen.title}
        dir="auto"
        required
        maxLength={300}
      />
      <LanguageField
        label={t('field.language')}
        none={t('field.findOut')}
        name="language"
        value={seen.language}
      />
      <CheckField
        label={t('field.public')}
        hint={t('field.publicHint')}
        name="is_public"
        defaultChecked={seen.is_public}
      />
      <TextPart document={seen} />
    </form>
  );
}
