import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The tags of a result; each leads to what else has it. */
export function TagList({ tags }: { tags: readonly string[] }) {
  const { t } = useTranslation('find');
  return (
    <ul aria-label={t('tags')} className="relative mt-1.5 flex w-fit flex-wrap gap-1.5">
      {tags.map((tag) => (
        <li key={tag} className="min-w-0">
          <Link
            to="."
            search={(before) => ({ ...before, tag: [tag] }) as never}
            title={t('onlyTag', { tag })}
            className="block max-w-56 truncate rounded-full border border-line px-2.5 py-0.5 text-muted text-sm hover:border-edge hover:text-ink"
          >
            <bdi>{tag}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  );
}
