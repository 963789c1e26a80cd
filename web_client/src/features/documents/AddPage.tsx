import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { CheckField, Field, FieldFrame } from '@/components/Field';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import { useAdd } from './documents';
import { LanguageField } from './LanguageField';
import { ACCEPTED, readDocument, type Way, type Wrong } from './newDocument';
import { WayChoice } from './WayChoice';

/** Add a document: a text, a file, or an article of Wikipedia. */
export function AddPage() {
  const { t } = useTranslation('documents');
  const navigate = useNavigate();
  const [way, setWay] = useState<Way>('text');
  const [wrong, setWrong] = useState<Wrong>({});
  const add = useAdd();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = readDocument(new FormData(event.currentTarget), way);
    setWrong('wrong' in read ? read.wrong : {});
    if (!('document' in read)) return;
    add.mutate(read.document, {
      onSuccess: ({ id }) => void navigate({ to: '/documents/$documentId', params: { documentId: id } }),
    });
  };

  return (
    <>
      <PageTitle title={t('add.title')}>{t('add.text')}</PageTitle>
      <form onSubmit={submit} noValidate className="flex max-w-2xl flex-col gap-6">
        <WayChoice
          way={way}
          onChange={(next) => {
            setWay(next);
            setWrong({});
            add.reset();
          }}
        />
        <ContentsField way={way} wrong={wrong} />
        <Field
          label={t('field.title')}
          optional={t('optional')}
          hint={t(`field.titleHint.${way}`)}
          name="title"
          dir="auto"
          maxLength={300}
        />
        <LanguageField
          label={t('field.language')}
          none={t('field.findOut')}
          hint={t('field.languageHint')}
          name="language"
        />
        <CheckField label={t('field.public')} hint={t('field.publicHint')} name="is_public" />
        <ProblemNote error={add.error} namespace="documents" />
        <div className="flex justify-end">
          <Button type="submit" look="primary" size="large" busy={add.isPending}>
            {t('add.submit')}
          </Button>
        </div>
      </form>
    </>
  );
}

function ContentsField({ way, wrong }: { way: Way; wrong: Wrong }) {
  const { t } = useTranslation('documents');
  if (way === 'text') {
    return (
      <FieldFrame label={t('field.text')} error={wrong.text && t(`wrong.${wrong.text}`)}>
        {(wiring) => (
          <textarea
            {...wiring}
            name="text"
            dir="auto"
            rows={12}
            className={wiring.className.concat(' font-reading text-lg')}
          />
        )}
      </FieldFrame>
    );
  }
  if (way === 'file') {
    return (
      <Field
        label={t('field.file')}
        hint={t('field.fileHint')}
        error={wrong.file && t(`wrong.${wrong.file}`)}
        name="file"
        type="file"
        accept={ACCEPTED.join(',')}
      />
    );
  }
  return (
    <Field
      label={t('field.url')}
      hint={t('field.urlHint')}
      error={wrong.url && t(`wrong.${wrong.url}`)}
      name="url"
      type="url"
      dir="ltr"
      inputMode="url"
      placeholder="https://en.wikipedia.org/wiki/Lectern"
    />
  );
}
