import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Length } from '@/components/list/Length';
import { Menu, MenuItem } from '@/components/Menu';
import { PageTitle } from '@/components/PageTitle';
import { DownloadIcon } from '@/components/pageIcons';
import { Player } from '@/components/player/Player';
import { playFrom } from '@/components/player/sound';
import { FollowAgain } from '@/components/reading/FollowAgain';
import { paragraphsOf } from '@/components/reading/paragraphs';
import { TranscriptText } from '@/components/reading/TranscriptText';
import { useReading } from '@/components/reading/useReading';
import { directionOf } from '@/lib/direction';
import { formatDateTime } from '@/lib/format';
import { languageName } from '@/lib/languageName';
import { FORMATS, type SharedResult, useSaving } from './shared';

interface SharedViewProps {
  shared: SharedResult;
  secret: string;
}

export function SharedView({ shared, secret }: SharedViewProps) {
  const { t } = useTranslation('shared');
  const [sound, setSound] = useState<HTMLMediaElement | null>(null);
  const { title, segments, words, language } = shared;
  const paragraphs = useMemo(() => paragraphsOf(segments, words), [segments, words]);
  const { text, step, following, follow } = useReading(words, sound, directionOf(language ?? 'en'));
  const onPlay = useCallback(
    (ms: number) => {
      follow();
      if (sound) playFrom(sound, ms);
    },
    [sound, follow],
  );
  const hasSound = shared.sound !== null && shared.duration_ms !== null;
  return (
    <>
      <PageTitle title={`\u2068${title}\u2069`} actions={<Downloads secret={secret} title={title} />}>
        <Facts shared={shared} />
      </PageTitle>
      {shared.sound && shared.duration_ms !== null && (
        <Player
          address={shared.sound.light}
          peaksAddress={shared.sound.peaks}
          durationMs={shared.duration_ms}
          sound={sound}
          onSound={setSound}
          unit="word"
          onStep={step}
        />
      )}
      {paragraphs.length > 0 ? (
        <TranscriptText
          words={words}
          language={language}
          paragraphs={paragraphs}
          text={text}
          onPlay={hasSound ? onPlay : null}
        />
      ) : (
        <p className="text-muted">{t('none')}</p>
      )}
      {!following && <FollowAgain unit="word" onFollow={follow} />}
    </>
  );
}

function Facts({ shared: { duration_ms, language, sound, expires_at } }: { shared: SharedResult }) {
  const { t, i18n } = useTranslation('shared');
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
      {duration_ms !== null && <Length ms={duration_ms} />}
      {language && <span>{languageName(language, i18n.language)}</span>}
      {!sound && <span>{t('silent')}</span>}
      {expires_at && <span>{t('until', { at: formatDateTime(expires_at, i18n.language) })}</span>}
    </p>
  );
}

function Downloads({ secret, title }: { secret: string; title: string }) {
  const { t } = useTranslation('shared');
  const saving = useSaving(secret, title);
  return (
    <Menu label={t('label')} icon={<DownloadIcon />} look="secondary">
      {FORMATS.map((format) => (
        <MenuItem key={format} onSelect={() => saving.mutate(format)}>
          {t(`formats.${format}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
