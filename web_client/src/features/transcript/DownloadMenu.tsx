import { useTranslation } from 'react-i18next';
import { Menu, MenuGroup, MenuItem, MenuLine, MenuLink } from '@/components/Menu';
import { DownloadIcon } from '@/components/pageIcons';
import { formatSize } from '@/lib/format';
import type { Result } from './queries';
import { useSaving } from './useSaving';

/** Formats of the text, those for reading first. */
const FORMATS = ['txt', 'docx', 'srt', 'vtt', 'tsv', 'json'] as const;
/** Forms of the content that are of use to people. */
const FORMS = ['web', 'light', 'main', 'source'] as const;
type Form = (typeof FORMS)[number];

const GROUPS = { audio: 'sound', video: 'video', image: 'picture' } as const;

/** The text in every format, and what is heard or seen. */
export function DownloadMenu({ result }: { result: Result }) {
  const { t, i18n } = useTranslation('transcript');
  const saving = useSaving();
  const { kind } = result;
  const shown = result.transcripts.find(({ id }) => id === result.transcript_id);
  const forms = FORMS.flatMap((name) => result.renditions.find((rendition) => rendition.name === name) ?? []);
  const nameOf = (name: Form) =>
    name !== 'web' ? t(`download.${name}`) : t(`download.web.${kind === 'image' ? kind : 'video'}`);
  return (
    <Menu label={t('download.label')} icon={<DownloadIcon />} look="secondary">
      {shown?.finished_at && (
        <>
          <MenuGroup label={t('download.text')}>
            {FORMATS.map((format) => (
              <MenuLink key={format}>
                <a
                  href={`/api/v1/results/${result.id}/transcript.${format}?transcript_id=${shown.id}`}
                  download
                >
                  {t(`download.${format}`)}
                </a>
              </MenuLink>
            ))}
          </MenuGroup>
          <MenuLine />
        </>
      )}
      <MenuGroup label={t(`download.${GROUPS[kind]}`)}>
        {forms.map(({ name, url, size }) => (
          <MenuItem key={name} onSelect={() => saving.mutate(url)}>
            <span className="flex-1">{nameOf(name as Form)}</span>
            <span className="text-muted text-sm">{formatSize(size, i18n.language)}</span>
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}
