import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playFrom } from '@/components/player/sound';
import { FollowAgain } from '@/components/reading/FollowAgain';
import { paragraphsOf } from '@/components/reading/paragraphs';
import { TranscriptText } from '@/components/reading/TranscriptText';
import { useReading } from '@/components/reading/useReading';
import { Spinner } from '@/components/Spinner';
import { directionOf } from '@/lib/direction';
import { Actions } from './Actions';
import { Dialogs } from './Dialogs';
import { focusPage } from './focusPage';
import { Heading } from './Heading';
import { filmOf, Media } from './Media';
import { type Result, renditionOf, showCorrected } from './queries';
import { Standing } from './Standing';
import type { TranscriptSearch } from './search';
import { finishedOf, type Opened, type Slots } from './slots';
import { TranscriptChoice } from './TranscriptChoice';
import { useFindKey } from './useFindKey';
import { VideoStanding } from './VideoStanding';

const findBar = () => import('./find/FindBar');
const FindBar = lazy(async () => ({ default: (await findBar()).FindBar }));

const route = getRouteApi('/_member/results/$resultId');

interface ResultViewProps {
  result: Result;
  search: TranscriptSearch;
  slots: Slots;
}

/** A video stays beside its text while that is read, where there is room for both. */
const BESIDE = 'lg:grid lg:grid-cols-[11fr_9fr] lg:items-start lg:gap-8 lg:[--tallest:50svh]';

/** A result, whatever state it is in. */
export function ResultView({ result, search, slots: { Editor, ...dialogs } }: ResultViewProps) {
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const [sound, setSound] = useState<HTMLMediaElement | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = useCallback(() => setOpened(null), []);
  const { segments, words } = result;
  const paragraphs = useMemo(() => paragraphsOf(segments, words), [segments, words]);
  const reading = useReading(words, sound, directionOf(result.language ?? 'en'), search.at ?? null);
  const { follow } = reading;
  const onPlay = useCallback(
    (ms: number) => {
      follow();
      if (sound) playFrom(sound, ms);
    },
    [sound, follow],
  );
  const address = renditionOf(result, 'light');
  const finished = finishedOf(result);
  const edited = search.edit ? finished : null;
  const isRead = edited === null && paragraphs.length > 0;
  const isBeside = isRead && filmOf(result) !== null;
  useFindKey(
    isRead,
    () => void findBar(),
    () => setOpened('find'),
  );
  return (
    <>
      <Heading
        result={result}
        isChanging={opened === 'details'}
        onChanged={() => {
          close();
          focusPage();
        }}
        actions={!edited && <Actions result={result} paragraphs={paragraphs} onOpen={setOpened} />}
      />
      <Standing result={result} />
      {result.transcripts.length > 1 && !edited && (
        <TranscriptChoice result={result} chosen={search.transcript ?? null} />
      )}
      {result.kind === 'video' && <VideoStanding result={result} />}
      <div className={isBeside ? BESIDE : undefined}>
        <Media result={result} sound={sound} onSound={setSound} onStep={reading.step} />
        {isRead && (
          <TranscriptText
            words={words}
            language={result.language}
            paragraphs={paragraphs}
            text={reading.text}
            onPlay={address ? onPlay : null}
          />
        )}
      </div>
      {edited && (
        <Suspense fallback={<Spinner className="text-2xl text-muted" />}>
          <Editor
            key={edited.id}
            resultId={result.id}
            transcriptId={edited.id}
            language={result.language}
            durationMs={result.duration_ms}
            sound={sound}
            onText={(text) => showCorrected(queries, result.id, edited.id, text)}
            onClose={() => void navigate({ search: ({ edit: _edit, ...rest }) => rest }).then(focusPage)}
          />
        </Suspense>
      )}
      {isRead && opened === 'find' && (
        <Suspense fallback={null}>
          <FindBar paragraphs={paragraphs} words={words} sound={sound} onClose={close} />
        </Suspense>
      )}
      {paragraphs.length === 0 && !edited && <Wordless result={result} />}
      {!reading.following && !edited && <FollowAgain unit="word" onFollow={follow} />}
      <Dialogs result={result} finished={finished} opened={opened} onClose={close} {...dialogs} />
    </>
  );
}

/** Why there is nothing to read. */
function Wordless({ result: { kind, status, duration_ms } }: Pick<ResultViewProps, 'result'>) {
  const { t } = useTranslation('transcript');
  if (kind === 'image' || status !== 'completed') return null;
  return <p className="text-muted">{duration_ms === null ? t('text.noSound') : t('text.none')}</p>;
}
