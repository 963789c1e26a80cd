import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { countSlices, erase, keepSlice, play, type Recording, recordingsOf, Tape } from './tape';

let sessions = 0;

function recording(news: Partial<Recording> = {}): Recording {
  sessions += 1;
  const session = `session-${sessions}`;
  return { session, ownerId: session, contentType: 'audio/webm', startedAt: 1000, ...news };
}

/** A slice whose bytes take a while to come, as those of large ones do. */
function slice(text: string, afterMs = 0): Blob {
  const bytes = new TextEncoder().encode(text).buffer;
  const arrayBuffer = () => new Promise<ArrayBuffer>((resolve) => setTimeout(() => resolve(bytes), afterMs));
  return { size: bytes.byteLength, arrayBuffer } as Blob;
}

async function textOf(blob: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve) => {
    reader.onload = () => resolve(String(reader.result));
    reader.readAsText(blob);
  });
}

test('slices are joined in the order in which they came, however long each takes to be read', async () => {
  const tape = await Tape.begin(recording());
  await Promise.all([tape.add(slice('one ', 30)), tape.add(slice('two ', 5)), tape.add(slice('three'))]);
  const whole = await play(tape.recording);
  expect(await textOf(whole)).toBe('one two three');
  expect(whole.type).toBe('audio/webm');
});

test('more than nine slices keep their order', async () => {
  const tape = await Tape.begin(recording());
  const numbers = Array.from({ length: 12 }, (_, number) => `${number},`);
  await Promise.all(numbers.map((text) => tape.add(slice(text))));
  expect(await textOf(await play(tape.recording))).toBe(numbers.join(''));
});

test('a slice that is kept twice is in the recording once', async () => {
  const tape = await Tape.begin(recording());
  await tape.add(slice('one'));
  await keepSlice(tape.recording.session, 0, await slice('one').arrayBuffer());
  expect(await textOf(await play(tape.recording))).toBe('one');
});

test('a page that died while the last slice came leaves all the others', async () => {
  const tape = await Tape.begin(recording());
  await tape.add(slice('kept '));
  await tape.add(slice('too'));
  void tape.add({ arrayBuffer: () => new Promise<ArrayBuffer>(() => {}) } as Blob);
  const [found] = await recordingsOf(tape.recording.ownerId);
  expect(found).toEqual(tape.recording);
  expect(await textOf(await play(tape.recording))).toBe('kept too');
});

test('what comes after a slice that could not be kept is refused, so that there is no gap', async () => {
  const tape = await Tape.begin(recording());
  await tape.add(slice('kept'));
  const full = { arrayBuffer: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) };
  await expect(tape.add(full as unknown as Blob)).rejects.toThrow('full');
  await expect(tape.add(slice('after the gap'))).rejects.toThrow('full');
  expect(await textOf(await play(tape.recording))).toBe('kept');
});

test('recordings are found by their owner alone, the oldest first', async () => {
  const late = recording({ ownerId: 'ada', startedAt: 2000 });
  const early = recording({ ownerId: 'ada', startedAt: 1000 });
  const other = recording({ ownerId: 'grace' });
  for (const one of [late, early, other]) await Tape.begin(one);
  expect(await recordingsOf('ada')).toEqual([early, late]);
});

test('throwing one recording away leaves the slices of the others', async () => {
  const [one, other] = [await Tape.begin(recording()), await Tape.begin(recording())];
  await one.add(slice('one'));
  await other.add(slice('other'));
  await erase(one.recording.session);
  expect(await countSlices(one.recording.session)).toBe(0);
  expect(await recordingsOf(one.recording.ownerId)).toEqual([]);
  expect(await textOf(await play(other.recording))).toBe('other');
});
