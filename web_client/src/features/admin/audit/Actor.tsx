import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isolated } from '../isolated';
import type { Entry } from './auditLog';
import { ShortId } from './ShortId';

interface NamedProps {
  entry: Entry;
  names: ReadonlyMap<string, string>;
}

/** Who did it, and the tool that they had do it. */
export function Actor({ entry: { actor_id, tool }, names }: NamedProps) {
  const { t } = useTranslation('admin');
  return (
    <>
      {actor_id ? (
        <Link
          to="/admin/audit"
          search={(before) => ({ ...before, person: actor_id })}
          className="inline-flex min-h-6 items-center underline decoration-line underline-offset-4 hover:decoration-current"
        >
          {names.has(actor_id) ? <bdi>{names.get(actor_id)}</bdi> : <ShortId id={actor_id} />}
        </Link>
      ) : (
        t('audit.nobody')
      )}
      {tool && (
        <span className="block text-muted text-sm">{t('audit.byTool', { tool: isolated(tool) })}</span>
      )}
    </>
  );
}
