import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { CheckField, Field } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import type { Summary } from '@/components/results/pages';
import { useToast } from '@/components/Toast';
import { eachOnce, fold, LONGEST_TAG, type Share, shareOf, wishOf } from './tagging';
import { tagsQuery, useTagging } from './useTagging';

interface TagsDialogProps {
  results: readonly Summary[];
  onClose: () => void;
}

/** Which tags several results have: those that all of them have are checked, those that some have are in between. */
export function TagsDialog({ results, onClose }: TagsDialogProps) {
  const { t } = useTranslation('results');
  const { t: common } = useTranslation('components');
  const toast = useToast();
  const known = useQuery(tagsQuery);
  const tagging = useTagging(results);
  const [set, setSet] = useState<ReadonlyMap<string, boolean>>(new Map());
  const put = (tag: string, isSet: boolean) => setSet((before) => new Map(before).set(tag, isSet));
  const tags = eachOnce([
    ...set.keys(),
    ...results.flatMap((result) => result.tags),
    ...(known.data?.items ?? []).map(({ tag }) => tag),
  ]);
  const wish = wishOf(results, set);
  const save = () => {
    if (wish.add.length + wish.remove.length === 0) return onClose();
    tagging.mutate(wish, {
      onSuccess: () => {
        toast({ text: t('tags.done', { count: results.length }) });
        onClose();
      },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('tags.title', { count: results.length })}
      actions={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="primary" busy={tagging.isPending} onClick={save}>
            {t('tags.save')}
          </Button>
        </>
      }
    >
      <NewTag onAdd={(tag) => put(tags.find((one) => fold(one) === fold(tag)) ?? tag, true)} />
      {tags.length > 0 && (
        <fieldset className="min-w-0">
          <legend className="sr-only">{t('tags.label')}</legend>
          <div className="-mx-1 max-h-[40dvh] overflow-y-auto px-1">
            {tags.map((tag) => (
              <TagBox
                key={tag}
                tag={tag}
                share={set.get(tag) ?? shareOf(results, tag)}
                onSet={(isSet) => put(tag, isSet)}
              />
            ))}
          </div>
        </fieldset>
      )}
      <ProblemNote error={known.error} onRetry={() => void known.refetch()} />
      <ProblemNote error={tagging.error} namespace="results" />
    </Dialog>
  );
}

interface TagBoxProps {
  tag: string;
  share: Share;
  onSet: (isSet: boolean) => void;
}

function TagBox({ tag, share, onSet }: TagBoxProps) {
  return (
    <CheckField
      label={<bdi>{tag}</bdi>}
      checked={share === true}
      ref={(box) => {
        if (box) box.indeterminate = share === null;
      }}
      onChange={({ target }) => onSet(target.checked)}
    />
  );
}

function NewTag({ onAdd }: { onAdd: (tag: string) => void }) {
  const { t } = useTranslation('results');
  const [typed, setTyped] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    const tag = typed.trim().replaceAll(/\s+/g, ' ').normalize('NFC');
    if (tag) onAdd(tag);
    setTyped('');
  };
  return (
    <form onSubmit={add} className="flex items-end gap-2">
      <Field
        label={t('tags.new')}
        value={typed}
        maxLength={LONGEST_TAG}
        dir="auto"
        autoComplete="off"
        onChange={({ target }) => setTyped(target.value)}
        className="min-w-0 grow"
      />
      <Button type="submit">{t('tags.add')}</Button>
    </form>
  );
}
