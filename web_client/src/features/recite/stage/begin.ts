/** Begins to read: a recital of a document, or one that was left. */
import type { Document } from '@/api/documents';
import { recordingType } from '@/lib/sound/microphone';
import * as device from '../queue/device';
import { outbox } from '../queue/page';
import type { Recital } from '../queue/recital';
import * as service from '../queue/service';
import { mend } from '../queue/timeline';
import { Meter } from '../sound/meter';
import { Run } from '../sound/run';
import { Reading } from './reading';

export interface Text {
  textOf: (sentence: number) => string;
  sentenceCount: number;
}

/** A reading with all that it holds of the microphone. */
export interface Performance {
  reading: Reading;
  meter: Meter;
  close: () => void;
}

/** Begin a recital with a sentence. The same key begins no second one. */
export async function begin(
  { id: documentId }: Pick<Document, 'id'>,
  from: number,
  { ownerId, key }: { ownerId: string; key: string },
): Promise<Recital> {
  const { id, title, language } = await service.begin(documentId, key);
  const counts = { soundMs: 0, sliceCount: 0, slicesSent: 0, segmentsSent: 0, settled: 0 };
  const about = { id, ownerId, documentId, title, language, from, beganAt: Date.now() };
  const recital: Recital = { ...about, ...counts, ending: null };
  await outbox.begin(recital);
  return recital;
}

/** Record a recital from wherever it is. */
export async function perform(id: string, stream: MediaStream, text: Text): Promise<Performance> {
  const recital = await device.recitalOf(id);
  if (!recital) throw new Error('The recital was thrown away.');
  const segments = Reading.mended(recital, await device.segmentsOf(id), text.textOf);
  await outbox.keepSegments(id, recital.segmentsSent, segments.slice(recital.segmentsSent), recital.settled);
  outbox.turn(id, 'reciting');
  const run = new Run(stream, recordingType(), recital.soundMs, ({ soundMs, ...slice }) =>
    outbox.addSlice(id, slice, soundMs),
  );
  const meter = new Meter(stream);
  await run.started;
  void navigator.storage?.persist?.();
  const close = () => {
    meter.close();
    for (const track of stream.getTracks()) track.stop();
  };
  void run.ended.then(close);
  return { reading: new Reading(recital, segments, { outbox, run, meter, ...text }), meter, close };
}

/** End a recital that was left, with what there is of it. */
export async function endLeft(id: string): Promise<void> {
  const recital = await device.recitalOf(id);
  if (!recital) return;
  const segments = mend(await device.segmentsOf(id), recital, null);
  await outbox.keepSegments(id, recital.segmentsSent, segments.slice(recital.segmentsSent), recital.settled);
  await outbox.end(id, { discardLast: 0 });
}
