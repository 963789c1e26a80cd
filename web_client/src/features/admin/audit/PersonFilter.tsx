import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '@/components/Button';
import { CloseIcon, PersonIcon } from '@/components/icons';
import { PersonPicker } from '../people/PersonPicker';
import { nameOf, type Person } from '../people/people';
import { ShortId } from './ShortId';

interface PersonFilterProps {
  label: string;
  id: string | undefined;
  /** What they are called, where that is known. */
  name: string | null | undefined;
  onChoose: (id: string | undefined) => void;
}

/** Whose entries are shown: anybody's, or one person's. */
export function PersonFilter({ label, id, name, onChoose }: PersonFilterProps) {
  const { t } = useTranslation('admin');
  const [isOpen, setOpen] = useState(false);
  const [last, setLast] = useState<Person | null>(null);
  const known = name ?? (last?.id === id && last ? nameOf(last) : null);
  const called = !id ? t('audit.anybody') : known ? <bdi>{known}</bdi> : <ShortId id={id} />;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">{label}</legend>
      <div className="flex items-center gap-1">
        <Button onClick={() => setOpen(true)} className="min-w-0 max-w-full [overflow-wrap:anywhere]">
          <PersonIcon />
          {called}
        </Button>
        {id && (
          <IconButton label={t('audit.clear', { filter: label })} onClick={() => onChoose(undefined)}>
            <CloseIcon />
          </IconButton>
        )}
      </div>
      {isOpen && (
        <PersonPicker
          title={label}
          onClose={() => setOpen(false)}
          onChoose={(chosen) => {
            setLast(chosen);
            onChoose(chosen.id);
            setOpen(false);
          }}
        />
      )}
    </fieldset>
  );
}
