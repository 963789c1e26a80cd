/** Sends a large file in parts, leaving out those that have arrived. */
import type { Schemas } from '@/api/client';
import { patiently } from '@/api/patience';
import { isRefused } from './form';
import type { Road } from './road';

const AT_ONCE = 3;
const MOST_SIGNATURES = 3;

interface Part {
  number: number;
  start: number;
  length: number;
}

export async function sendParts(road: Road, session: Schemas['UploadSession'], file: Blob): Promise<void> {
  const stored = await patiently(() => road.storedParts(session.id), road);
  const arrived = new Map(stored.parts.map((part) => [part.part_number, part.size]));
  const parts = partsOf(file.size, stored.part_size);
  const missing = parts.filter((part) => arrived.get(part.number) !== part.length);
  const sent = new Map(
    parts.filter((part) => !missing.includes(part)).map((part) => [part.number, part.length]),
  );
  const tell = () => road.onSent([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  tell();

  // The first to fail for good stops the others, whose parts would go for nothing.
  const stop = new AbortController();
  const signal = AbortSignal.any([road.signal, stop.signal]);
  const pending = missing.values();
  const sendFromPending = async () => {
    for (const part of pending) {
      await sendPart({ ...road, signal }, session, file, part, (bytes) => {
        sent.set(part.number, Math.min(bytes, part.length));
        tell();
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, sendFromPending));
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}

async function sendPart(
  road: Road,
  session: Schemas['UploadSession'],
  file: Blob,
  part: Part,
  onSent: (bytes: number) => void,
): Promise<void> {
  for (let signatures = 1; ; signatures += 1) {
    try {
      await patiently(async () => {
        // Signed for each attempt, so that the address is young; this prolongs the upload as well.
        const url = await road.signPart(session.id, part.number);
        await road.transmit({
          method: 'PUT',
          url,
          body: file.slice(part.start, part.start + part.length),
          headers: session.headers ?? null,
          signal: road.signal,
          onSent,
        });
      }, road);
      onSent(part.length);
      return;
    } catch (error) {
      onSent(0);
      if (!isRefused(error) || signatures === MOST_SIGNATURES) throw error;
    }
  }
}

function partsOf(size: number, partSize: number): Part[] {
  return Array.from({ length: Math.ceil(size / partSize) }, (_, index) => {
    const start = index * partSize;
    return { number: index + 1, start, length: Math.min(partSize, size - start) };
  });
}
