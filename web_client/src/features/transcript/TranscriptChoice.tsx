import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SelectField } from '@/components/Field';
import { formatDateTime } from '@/lib/format';
import { languageName } from '@/lib/languageName';
import type { Result, TranscriptShown } from './queries';

const route = getRouteApi('/_member/results/$resultId');

/** Which of several transcripts is read. */
export function TranscriptChoice({ result, chosen }: { result: Result; chosen: string | null }) {
  const { t, i18n } = useTranslation('transcript');
  const navigate = route.useNavigate();
  const describe = (transcript: TranscriptShown) =>
    [
      `${t(`engines.${transcript.engine as 'whisper' | 'aws'}`, { defaultValue: transcript.engine })}, ${transcript.model}`,
      transcript.language && languageName(transcript.language, i18n.language),
      formatDateTime(transcript.created_at, i18n.language),
      transcript.error ? t('choice.failed') : transcript.finished_at ? null : t('choice.underWay'),
    ]
      .filter(Boolean)
      .join(' · ');
  const failed = result.transcripts.find(({ id }) => id === result.transcript_id)?.error;
  return (
    <SelectField
      label={t('choice.label')}
      value={chosen ?? result.transcript_id ?? ''}
      onChange={({ target }) => void navigate({ search: { transcript: target.value }, replace: true })}
      {...(failed ? { error: failed.message } : {})}
      className="mb-6 max-w-xl"
    >
      {result.transcripts.map((transcript) => (
        <option key={transcript.id} value={transcript.id}>
          {describe(transcript)}
        </option>
      ))}
    </SelectField>
  );
}
