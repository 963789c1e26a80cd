import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { CheckField } from '@/components/Field';
import { BookIcon } from '@/components/icons';
import { Endless } from '@/components/list/Endless';
import { SearchField } from '@/components/list/SearchField';
import { PageTitle } from '@/components/PageTitle';
import { PlusIcon } from '@/components/pageIcons';
import { DocumentRow } from './DocumentRow';
import { useDocuments } from './documents';
import { LanguageField } from './LanguageField';
import { Suggestion } from './Suggestion';
import { type DocumentsSearch, readDocumentsSearch } from './search';

const route = getRouteApi('/_member/_reading/documents/');

/** Documents that can be read aloud. */
export function DocumentsPage() {
  const { t } = useTranslation('documents');
  const list = useDocuments(route.useSearch());
  return (
    <>
      <PageTitle
        title={t('title')}
        actions={
          <Link to="/documents/new" className={buttonClasses()}>
            <PlusIcon />
            {t('add.button')}
          </Link>
        }
      >
        {t('text')}
      </PageTitle>
      <Suggestion />
      <Filters />
      <Endless list={list} namespace="documents" empty={<Nothing />}>
        {(documents) => (
          <ul className="flex flex-col border-line border-t">
            {documents.map((document) => (
              <DocumentRow key={document.id} document={document} />
            ))}
          </ul>
        )}
      </Endless>
    </>
  );
}

function Filters() {
  const { t } = useTranslation('documents');
  const { q = '', language = '', mine = false, archived = false } = route.useSearch();
  const navigate = route.useNavigate();
  const seek = (news: DocumentsSearch) =>
    void navigate({ search: (before) => readDocumentsSearch({ ...before, ...news }), replace: true });
  return (
    <search className="mb-4 flex flex-col gap-x-4 gap-y-2">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,1fr)_16rem]">
        <SearchField label={t('filter.search')} value={q} onSearch={(q) => seek({ q })} />
        <LanguageField
          label={t('filter.language')}
          none={t('filter.anyLanguage')}
          value={language}
          onChange={(language) => seek({ language })}
        />
      </div>
      <div className="flex flex-wrap gap-x-6">
        <CheckField
          label={t('filter.mine')}
          checked={mine}
          onChange={({ target }) => seek({ mine: target.checked, archived: false })}
        />
        {mine && (
          <CheckField
            label={t('filter.archived')}
            checked={archived}
            onChange={({ target }) => seek({ archived: target.checked })}
          />
        )}
      </div>
    </search>
  );
}

function Nothing() {
  const { t } = useTranslation('documents');
  const { q, language, mine, archived } = route.useSearch();
  const isFiltered = Boolean(q || language || mine || archived);
  return (
    <EmptyState icon={<BookIcon />} title={t(isFiltered ? 'nothing.found' : 'nothing.title')}>
      {t(isFiltered ? 'nothing.filtered' : 'nothing.text')}
    </EmptyState>
  );
}
