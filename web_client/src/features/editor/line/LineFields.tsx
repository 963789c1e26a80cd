import { useTranslation } from 'react-i18next';
import type { Draft } from '../Draft';
import type { Line } from '../text/lines';
import { neighbour } from './acts';
import { SpeakerField } from './SpeakerField';
import { TimeField } from './TimeField';
import { boundsOfEnd, boundsOfStart } from './times';

interface LineFieldsProps {
  draft: Draft;
  line: Line;
  durationMs: number | null;
  sound: HTMLMediaElement | null;
}

/** Who speaks in a line, and from when to when. */
export function LineFields({ draft, line, durationMs, sound }: LineFieldsProps) {
  const { t } = useTranslation('editor');
  const { key } = line;
  const [before, after] = [-1, 1].map((by) => draft.line(neighbour(draft, key, by) ?? ''));
  return (
    <div className="mt-2 mb-2 flex flex-wrap items-start gap-x-3 gap-y-2">
      <SpeakerField
        draft={draft}
        line={line}
        onChange={(speaker) => draft.do([{ op: 'change', key, speaker }], key)}
      />
      <TimeField
        label={t('line.start')}
        take={t('line.takeStart')}
        ms={line.start_ms}
        bounds={boundsOfStart(before, line, after, durationMs)}
        sound={sound}
        onChange={(start_ms) => draft.do([{ op: 'change', key, start_ms }], key)}
      />
      <TimeField
        label={t('line.end')}
        take={t('line.takeEnd')}
        ms={line.end_ms}
        bounds={boundsOfEnd(line, durationMs)}
        sound={sound}
        onChange={(end_ms) => draft.do([{ op: 'change', key, end_ms }], key)}
      />
    </div>
  );
}
