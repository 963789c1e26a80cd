import { createFileRoute } from '@tanstack/react-router';
import { readTranscriptSearch } from '@/features/transcript/search';
import { TranscriptPage } from '@/features/transcript/TranscriptPage';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/results/$resultId')({
  validateSearch: readTranscriptSearch,
  // The words for states and failures are those of the list.
  loader: () => loadTexts('transcript', 'results'),
  component: TranscriptPage,
});
