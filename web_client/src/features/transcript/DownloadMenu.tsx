import { useTranslation } from 'react-i18next';
import { Menu, MenuGroup, MenuLine, MenuLink } from '@/components/Menu';
import { DownloadIcon } from '@/components/pageIcons';
import { formatSize } from '@/lib/format';
import type { Result } from './queries';

/** Formats of the text, those for reading first. */
const FORMATS = ['txt', 'docx', 'srt', 'vtt', 'tsv', 'json'] as const;
/** Forms of the content that are of use to people. */
const FORMS = ['light', 'main', 'source'] as const;

/** The text in every format, and the sound. */
export function DownloadMenu({ result }: { result: Result }) {
  const { t, i18n } = useTranslation('transcript');
  const shown = result.transcripts.find(({ id }) => id === result.transcript_id);
  const forms = FORMS.flatMap((name) => result.renditions.find((rendition) => rendition.name === name) ?? []);
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
      <MenuGroup label={t(result.kind === 'image' ? 'download.picture' : 'download.sound')}>
        {forms.map(({ name, url, size }) => (
          <MenuLink key={name}>
            <a href={`${url}?save=true`} download>
              <span className="flex-1">{t(`download.${name as (typeof FORMS)[number]}`)}</span>
              <span className="text-muted text-sm">{formatSize(size, i18n.language)}</span>
            </a>
          </MenuLink>
        ))}
      </MenuGroup>
    </Menu>
  );
}
