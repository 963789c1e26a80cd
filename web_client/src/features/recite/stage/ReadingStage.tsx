import { useBlocker } from '@tanstack/react-router';
import { useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sentence } from '@/api/documents';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ProblemNote } from '@/components/ProblemNote';
import { ProgressBar } from '@/components/ProgressBar';
import { directionOf } from '@/lib/direction';
import { useWakeLock } from '@/lib/sound/useWakeLock';
import { LevelBar } from '../check/LevelBar';
import type { Unsent } from '../queue/outbox';
import { outbox } from '../queue/page';
import type { Performance } from './begin';
import { Clock } from './Clock';
import { Controls } from './Controls';
import { FinishDialog } from './FinishDialog';
import { Safety } from './Safety';
import { Sentences } from './Sentences';
import { useKeys } from './useKeys';
import { VerdictNote } from './VerdictNote';

interface ReadingStageProps {
  performance: Performance;
  unsent: Unsent;
  sentences: readonly Sentence[];
  sentenceCount: number;
}

/** The sentence to be read, large, with its neighbours; what is safe; and what can be done. */
export function ReadingStage({ performance, unsent, sentences, sentenceCount }: ReadingStageProps) {
  const { t } = useTranslation('recite');
  const { reading, meter } = performance;
  const { title, language } = unsent.recital;
  const shown = useSyncExternalStore(reading.subscribe, reading.shown);
  const main = useRef<HTMLButtonElement>(null);
  const isOver = shown.phase === 'over';
  useWakeLock(!isOver);
  useKeys(reading, directionOf(language), main);
  const leaving = useBlocker({
    shouldBlockFn: () => !isOver,
    enableBeforeUnload: !isOver,
    withResolver: true,
  });

  return (
    <section aria-label={title} className="flex min-h-[calc(100dvh-12rem)] flex-col gap-4">
      <header className="flex flex-wrap items-center gap-x-5 gap-y-2 text-muted text-sm">
        <p className="min-w-0 flex-1 truncate font-medium text-base text-ink">
          <bdi lang={language}>{title}</bdi>
        </p>
        <div className="order-last flex w-full justify-between gap-x-5 sm:order-none sm:w-auto">
          <Safety unsent={unsent} />
          <Clock reading={reading} />
        </div>
        <Button size="small" onClick={() => reading.ask()}>
          {t('finish.button')}
        </Button>
      </header>
      <ProgressBar
        label={t('progress', { count: sentenceCount })}
        value={sentenceCount === 0 ? 1 : shown.sentence / sentenceCount}
        className="!h-1"
      />
      <ProblemNote error={unsent.error} namespace="recite" onRetry={() => outbox.retry(unsent.recital.id)} />
      <Sentences
        sentences={sentences}
        now={shown.sentence}
        language={language}
        isPaused={shown.phase !== 'reading'}
      />
      <VerdictNote verdict={shown.verdict} />
      <div className="sticky bottom-20 flex flex-col gap-3 rounded-2xl border border-line bg-surface p-3 shadow-float sm:bottom-4 sm:p-4">
        <LevelBar meter={meter} />
        <Controls reading={reading} phase={shown.phase} main={main} />
      </div>
      <FinishDialog reading={reading} shown={shown} />
      <ConfirmDialog
        open={leaving.status === 'blocked'}
        onOpenChange={() => leaving.reset?.()}
        title={t('leave.title')}
        description={t('leave.text')}
        confirm={t('leave.confirm')}
        onConfirm={() => leaving.proceed?.()}
      />
    </section>
  );
}
