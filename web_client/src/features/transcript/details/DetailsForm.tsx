import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Field, FieldFrame } from '@/components/Field';
import { PageTitle } from '@/components/PageTitle';
import { ProblemNote } from '@/components/ProblemNote';
import type { Result } from '../queries';
import { type Field as LabelField, type Labels, MOST } from './labels';
import { TagsField } from './TagsField';
import { useLabels } from './useLabels';

interface DetailsFormProps {
  result: Result;
  onClose: () => void;
}

/** The title, the tags and the notes, to be changed where they stand. */
export function DetailsForm({ result, onClose }: DetailsFormProps) {
  const { t } = useTranslation('transcript');
  const form = useRef<HTMLFormElement>(null);
  const { labels, clashes, change, saving } = useLabels(result, onClose);
  // A menu that was opened for this gives the focus back to its button first.
  useEffect(() => {
    const timer = setTimeout(() => form.current?.querySelector('input')?.select());
    return () => clearTimeout(timer);
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  const theirs = (field: LabelField) =>
    field in clashes && (
      <Theirs value={clashes[field]} onTake={() => change({ [field]: clashes[field] } as Partial<Labels>)} />
    );
  return (
    <>
      <PageTitle title={`\u2068${result.title}\u2069`} hidden />
      <form
        ref={form}
        aria-label={t('details.label')}
        onSubmit={submit}
        onKeyDown={press}
        className="mb-6 flex max-w-3xl flex-col gap-4 rounded-2xl bg-surface p-4 sm:p-6"
      >
        <Field
          label={t('details.title')}
          dir="auto"
          required
          maxLength={MOST.title}
          autoComplete="off"
          value={labels.title}
          error={theirs('title')}
          onChange={({ target }) => change({ title: target.value })}
        />
        <TagsField tags={labels.tags} error={theirs('tags')} onChange={(tags) => change({ tags })} />
        <FieldFrame label={t('details.notes')} hint={t('details.notesHint')} error={theirs('notes')}>
          {(wiring) => (
            <textarea
              {...wiring}
              dir="auto"
              rows={3}
              maxLength={MOST.notes}
              value={labels.notes}
              onChange={({ target }) => change({ notes: target.value })}
            />
          )}
        </FieldFrame>
        <ProblemNote error={saving.error} namespace="transcript" />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('details.cancel')}</Button>
          <Button type="submit" look="primary" busy={saving.isPending}>
            {t('details.save')}
          </Button>
        </div>
      </form>
    </>
  );
}

/** What somebody else has written there meanwhile. */
function Theirs({ value, onTake }: { value: string | string[] | undefined; onTake: () => void }) {
  const { t } = useTranslation('transcript');
  const told = Array.isArray(value) ? value.join(', ') : value;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {t('details.theirs', { value: told ? `\u2068${told}\u2069` : '–' })}
      <Button size="small" onClick={onTake}>
        {t('details.takeTheirs')}
      </Button>
    </span>
  );
}
