import { claim } from '@/lib/claim';
import { recordingType } from '@/lib/sound/microphone';
import { Capture } from './capture';
import { claimName, type Ended } from './ended';
import { Tape } from './tape';

/** Begin to record what comes from a microphone, and say what it will be once it has ended. */
export async function begin(
  stream: MediaStream,
  ownerId: string,
): Promise<{ capture: Capture; ended: Ended }> {
  try {
    const recording = {
      session: crypto.randomUUID(),
      ownerId,
      contentType: recordingType(),
      startedAt: Date.now(),
    };
    const held = await claim(claimName(recording.session));
    if (!held) throw new Error('A new name can be nobody’s yet.');
    const tape = await Tape.begin(recording);
    return { capture: new Capture(stream, tape), ended: { recording, claim: held, isFresh: true } };
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    throw error;
  }
}
