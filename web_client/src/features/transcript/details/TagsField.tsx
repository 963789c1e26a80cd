import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { FieldFrame } from '@/components/Field';
import { CloseIcon } from '@/components/icons';
import { MOST, withTag } from './labels';

interface TagsFieldProps {
  tags: readonly string[];
  error: ReactNode;
  onChange: (tags: string[]) => void;
}

/** Tags to take away, and a line for another one, with those that are in use offered. */
export function TagsField({ tags, error, onChange }: TagsFieldProps) {
  const { t } = useTranslation('transcript');
  const known = useId();
  const [typed, setTyped] = useState('');
  const { data } = useQuery({
    queryKey: ['results', 'tags'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/results/tags', { signal })),
  });
  const add = (tag: string) => {
    setTyped('');
    onChange(withTag(tags, tag));
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if ((event.key === 'Enter' && typed.trim() !== '') || event.key === ',') {
      event.preventDefault();
      add(typed);
    } else if (event.key === 'Backspace' && typed === '') onChange(tags.slice(0, -1));
  };
  return (
    <FieldFrame label={t('details.tags')} hint={t('details.tagsHint')} error={error}>
      {(wiring) => (
        <div className="flex flex-wrap gap-2">
          {tags.map((tag) => (
            <button
              key={tag}
              type="button"
              aria-label={t('details.removeTag', { tag })}
              onClick={() => onChange(tags.filter((one) => one !== tag))}
              className="inline-flex min-h-11 min-w-0 max-w-full items-center gap-1.5 rounded-full bg-accent-soft px-3 text-accent"
            >
              <bdi className="truncate">{tag}</bdi>
              <CloseIcon className="text-[0.8em]" />
            </button>
          ))}
          <input
            {...wiring}
            list={known}
            dir="auto"
            autoComplete="off"
            maxLength={MOST.tag}
            disabled={tags.length >= MOST.tags}
            value={typed}
            // One that is chosen from the list comes as if it were typed at once.
            onChange={({ target, nativeEvent }) =>
              'inputType' in nativeEvent && nativeEvent.inputType !== 'insertReplacementText'
                ? setTyped(target.value)
                : add(target.value)
            }
            onKeyDown={press}
            onBlur={() => typed.trim() !== '' && add(typed)}
            className={`${wiring.className} !w-auto min-w-32 flex-1`}
          />
          <datalist id={known}>
            {data?.items
              .filter(({ tag }) => !tags.includes(tag))
              .map(({ tag }) => (
                <option key={tag} value={tag} />
              ))}
          </datalist>
        </div>
      )}
    </FieldFrame>
  );
}
