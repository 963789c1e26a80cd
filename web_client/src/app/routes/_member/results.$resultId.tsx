import { createFileRoute } from '@tanstack/react-router';
import { lazy } from 'react';
import { resultQuery } from '@/features/transcript/queries';
import { readTranscriptSearch } from '@/features/transcript/search';
import type { Slots } from '@/features/transcript/slots';
import { TranscriptPage } from '@/features/transcript/TranscriptPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/results/$resultId')({
  validateSearch: readTranscriptSearch,
  loaderDeps: ({ search: { transcript = null } }) => ({ transcript }),
  loader: ({ context, params, deps: { transcript } }) => {
    void context.queries.prefetchQuery(resultQuery(params.resultId, transcript)); // while the page's code is
    // The words for states and failures are those of the list.
    return loadTexts('transcript', 'results', 'player', 'rendition');
  },
  component: Result,
});

/** A feature that comes with its texts when it is opened. */
function inTime<Part>(texts: string, code: Promise<Part>): Promise<Part> {
  return Promise.all([code, loadTexts(texts)]).then(([part]) => part);
}

const slots: Slots = {
  Editor: lazy(async () => ({
    default: (await inTime('editor', import('@/features/editor/Editor'))).Editor,
  })),
  Versions: lazy(async () => ({
    default: (await inTime('versions', import('@/features/versions/VersionsDialog'))).VersionsDialog,
  })),
  Shares: lazy(async () => ({
    default: (await inTime('shares', import('@/features/shares/SharesDialog'))).SharesDialog,
  })),
};

/** Here the features meet that know nothing of each other: what can be done with a text is put beside it. */
function Result() {
  return <TranscriptPage slots={slots} />;
}
