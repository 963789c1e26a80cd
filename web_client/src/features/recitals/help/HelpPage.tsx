import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClasses } from '@/components/Button';
import { Key } from '@/components/Key';
import { PageTitle } from '@/components/PageTitle';

/** What there is to say, in the order in which one comes to it. */
const PARTS = [
  { name: 'before', lines: ['place', 'microphone', 'check'] },
  { name: 'reading', lines: ['pace', 'exact', 'again', 'pause'] },
  { name: 'safe', lines: ['slices', 'lost', 'later'] },
  { name: 'after', lines: ['joined', 'quality', 'back'] },
] as const;

/** The keys of the page on which one reads; there is a button for each as well. */
const KEYS = [
  { does: 'next', keys: ['enter', 'down'] },
  { does: 'again', keys: ['up'] },
  { does: 'pause', keys: ['space'] },
] as const;

/** How to read aloud well, and what becomes of it. */
export function HelpPage() {
  const { t } = useTranslation('recitals');
  return (
    <article className="max-w-2xl">
      <PageTitle title={t('help.title')}>{t('help.text')}</PageTitle>
      {PARTS.map((part) => (
        <section key={part.name} aria-labelledby={part.name} className="mb-8">
          <h2 id={part.name} className="mb-2 font-semibold text-xl">
            {t(`help.parts.${part.name}`)}
          </h2>
          <ul className="flex list-disc flex-col gap-1.5 ps-5 marker:text-accent">
            {part.lines.map((line) => (
              <li key={line}>{t(`help.lines.${line}`)}</li>
            ))}
          </ul>
          {part.name === 'reading' && <Keys />}
        </section>
      ))}
      <Link to="/documents" className={buttonClasses('primary')}>
        {t('help.begin')}
      </Link>
    </article>
  );
}

function Keys() {
  const { t } = useTranslation('recitals');
  return (
    <dl className="mt-4 grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2 rounded-2xl bg-surface p-4">
      {KEYS.map(({ does, keys }) => (
        <div key={does} className="col-span-2 grid grid-cols-subgrid">
          <dt className="flex flex-wrap items-center gap-1">
            {keys.map((key) => (
              <Key key={key}>{t(`help.keys.${key}`)}</Key>
            ))}
          </dt>
          <dd>{t(`help.does.${does}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
