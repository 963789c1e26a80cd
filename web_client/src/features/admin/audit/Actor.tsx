import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isolated } from '../isolated';
import type { Entry } from './auditLog';
import { Called } from './Called';

/** Who did it, and the tool that they had do it. */
export function Actor({ entry: { actor_id, actor_name, actor_email, tool } }: { entry: Entry }) {
  const { t } = useTranslation('admin');
  return (
    <>
      {actor_id ? (
        <Link
          to="/admin/audit"
          search={(before) => ({ ...before, person: actor_id })}
          className="inline-flex min-h-6 items-center underline decoration-line underline-offset-4 hover:decoration-current"
        >
          <Called id={actor_id} name={actor_name} email={actor_email} />
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
