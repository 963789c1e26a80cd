/** The way of one recital to the service, from wherever it was left. */
import { patiently, type Waiting } from '@/api/patience';
import { Problem } from '@/api/problem';
import * as device from './device';
import type { Recital } from './recital';
import * as service from './service';
import { sendable } from './timeline';

export interface Journey extends Waiting {
  /** Told of each step that the recital has come on. */
  onStep: (recital: Recital) => void;
  /** Resolves when there may be more to send. */
  more: () => Promise<void>;
}

/** Send what there is and what comes, in order, until the service has all of it and knows that it is all. */
export async function send(id: string, journey: Journey): Promise<void> {
  for (;;) {
    const recital = await device.recitalOf(id);
    if (!recital) return;
    if (recital.ending === 'discard') return disavow(id, journey);
    if (recital.sliceCount > recital.slicesSent) await sendSlice(recital, journey);
    else if (await hasSegment(recital)) await sendSegment(recital, journey);
    else if (recital.ending) return end(recital, recital.ending.discardLast, journey);
    else await journey.more();
    journey.signal.throwIfAborted();
  }
}

async function sendSlice({ id, slicesSent: sequence }: Recital, journey: Journey): Promise<void> {
  await putSlice(id, sequence, journey);
  await step(id, { slicesSent: sequence + 1 }, journey);
}

async function putSlice(id: string, sequence: number, journey: Journey): Promise<void> {
  const slice = await device.sliceOf(id, sequence);
  if (!slice) throw new Error(`Slice ${sequence} is not on this device.`);
  await patiently(() => service.putSlice(id, sequence, slice, journey.signal), journey);
}

async function hasSegment(recital: Recital): Promise<boolean> {
  return sendable(await device.segmentsOf(recital.id), recital) > recital.segmentsSent;
}

async function sendSegment({ id, segmentsSent: index }: Recital, journey: Journey): Promise<void> {
  const segment = (await device.segmentsOf(id))[index];
  if (!segment) throw new Error(`Segment ${index} is not on this device.`);
  await patiently(() => service.postSegment(id, index, segment, journey.signal), journey);
  await step(id, { segmentsSent: index + 1 }, journey);
}

/** Say that it is all. A service that misses slices after all names them, and gets them once more. */
async function end({ id, sliceCount }: Recital, discardLast: number, journey: Journey): Promise<void> {
  const say = () =>
    patiently(() => service.end(id, sliceCount - 1, discardLast, journey.signal), journey).then(
      () => [],
      (error: unknown) => missingOf(error),
    );
  let before: number | undefined;
  for (let missing = await say(); missing.length > 0; missing = await say()) {
    if (missing[0] === before) throw new Error(`Slice ${before} is missed although it was taken.`);
    for (const sequence of missing) await putSlice(id, sequence, journey);
    before = missing[0];
  }
  await device.forget(id);
}

/** Which slices a refusal names. */
function missingOf(error: unknown): number[] {
  if (!(error instanceof Problem && error.code === 'slices_missing')) throw error;
  const { missing } = error.members;
  return Array.isArray(missing) ? missing.map(Number) : [];
}

async function disavow(id: string, journey: Journey): Promise<void> {
  await patiently(() => service.disavow(id, journey.signal), journey);
  await device.forget(id);
}

async function step(id: string, news: Partial<Recital>, journey: Journey): Promise<void> {
  const recital = await device.note(id, news);
  if (recital) journey.onStep(recital);
}
