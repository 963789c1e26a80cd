import type { Document } from '@/api/documents';
import { ProblemNote } from '@/components/ProblemNote';
import { Spinner } from '@/components/Spinner';
import { MicrophoneCheck } from './check/MicrophoneCheck';
import { EndingRecital } from './EndingRecital';
import { FirstSentence } from './FirstSentence';
import { LeftRecital } from './LeftRecital';
import type { Unsent } from './queue/outbox';
import { SentRecital } from './SentRecital';
import { FaultNote } from './stage/FaultNote';
import { ReadingStage } from './stage/ReadingStage';
import { useReading, useSentence } from './stage/useReading';
import { useBeginning } from './useBeginning';
import { useOutbox } from './useOutbox';
import { useSent } from './useSent';
import { useSentences } from './useSentences';

interface ReciteProps {
  document: Document;
  /** The sentence to begin with, where one is wished for. */
  wished: number | null;
}

/** From the microphone to the service: whichever step this document's recital is at. */
export function Recite({ document, wished }: ReciteProps) {
  const unsent = useOutbox().find(({ recital }) => recital.documentId === document.id) ?? null;
  const { performance, fault, start } = useReading();
  const now = useSentence(performance?.reading ?? null);
  const { sentences, textOf, isLoaded, first, error, retry } = useSentences(document.id, {
    until: now ?? furthest(unsent) ?? wished,
  });
  const text = { textOf, sentenceCount: document.sentence_count };
  const beginning = useBeginning((id, stream) => void start(id, stream, text));
  const [isSent, setSent] = useSent(unsent);
  const from = wished === null ? first : Math.min(wished, document.sentence_count - 1);

  if (error) return <ProblemNote error={error} namespace="recite" onRetry={retry} />;
  if (unsent?.stage === 'reciting') {
    if (!performance) return <Spinner className="text-2xl text-muted" />; // it begins or ends
    const { sentence_count: sentenceCount } = document;
    return <ReadingStage {...{ performance, unsent, sentences, sentenceCount }} />;
  }
  if (unsent?.stage === 'ending') return <EndingRecital unsent={unsent} />;
  if (isSent) return <SentRecital documentId={document.id} onMore={() => setSent(false)} />;
  const sentence = from === null ? undefined : sentences[from];
  const isReady = unsent ? isLoaded : sentence !== undefined;
  if (!isReady) return <Spinner className="text-2xl text-muted" />;
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-5">
      {fault && <FaultNote fault={fault} />}
      {unsent && (
        <LeftRecital unsent={unsent} onGoOn={(stream) => void start(unsent.recital.id, stream, text)} />
      )}
      {!unsent && sentence && (
        <>
          <FirstSentence document={document} sentence={sentence} />
          <MicrophoneCheck
            isBusy={beginning.isPending}
            onReady={(stream) => beginning.mutate({ document, from: sentence.index, stream })}
          >
            <ProblemNote error={beginning.error} namespace="recite" />
          </MicrophoneCheck>
        </>
      )}
    </div>
  );
}

/** A sentence that a recital has surely not come beyond. */
function furthest(unsent: Unsent | null): number | null {
  return unsent && unsent.recital.from + unsent.recital.settled + 1;
}
