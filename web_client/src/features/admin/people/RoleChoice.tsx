import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '@/api/session';
import { ROLES } from '../search';

/** One of the roles, each with what it lets its people do. */
export function RoleChoice({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const { t } = useTranslation('admin');
  const group = useId();
  const options = useRef<HTMLFieldSetElement>(null);
  // A dialog would begin with the first of them, whichever is chosen.
  useEffect(() => options.current?.querySelector<HTMLInputElement>(':checked')?.focus(), []);
  return (
    <fieldset ref={options} className="flex flex-col gap-2">
      <legend className="sr-only">{t('people.role')}</legend>
      {ROLES.map((role) => (
        <label
          key={role}
          className="flex cursor-pointer gap-3 rounded-xl border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name={group}
            value={role}
            checked={role === value}
            onChange={() => onChange(role)}
            aria-labelledby={`${group}-${role}`}
            aria-describedby={`${group}-${role}-hint`}
            className="mt-1 size-4 shrink-0"
          />
          <span>
            <span id={`${group}-${role}`} className="block font-medium">
              {t(`roles.${role}`)}
            </span>
            <span id={`${group}-${role}-hint`} className="block text-muted text-sm">
              {t(`roleHints.${role}`)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
