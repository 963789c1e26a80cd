import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/Dialog';
import { Endless } from '@/components/list/Endless';
import { SearchField } from '@/components/list/SearchField';
import { PersonName } from './PersonName';
import { type Person, usePeople } from './people';

interface PersonPickerProps {
  title: string;
  onChoose: (person: Person) => void;
  onClose: () => void;
}

/** Finds a person, by how their name or address begins. */
export function PersonPicker({ title, onChoose, onClose }: PersonPickerProps) {
  const { t } = useTranslation('admin');
  const [query, setQuery] = useState('');
  return (
    <Dialog open onOpenChange={onClose} title={title}>
      <SearchField
        label={t('people.search')}
        hint={t('people.searchHint')}
        value={query}
        onSearch={setQuery}
      />
      <Endless
        namespace="admin"
        list={usePeople({ query: query || undefined })}
        empty={<p className="py-4 text-center text-muted">{t('people.empty.title')}</p>}
      >
        {(people) => (
          <ul className="-mx-2">
            {people.map((person) => (
              <li key={person.id}>
                <button
                  type="button"
                  onClick={() => onChoose(person)}
                  className="min-h-11 w-full rounded-lg px-2 py-1.5 text-start hover:bg-raised [overflow-wrap:anywhere]"
                >
                  <PersonName person={person} />
                </button>
              </li>
            ))}
          </ul>
        )}
      </Endless>
    </Dialog>
  );
}
