import { listen } from './events';
import { changes, LOOK_AGAIN_MS, lookAt } from './renditions';

/** Wait until a form of a result's content can be loaded, telling once if it has to be made first. */
export async function untilMade(address: string, onAwaited: () => void): Promise<void> {
  for (let turn = 0; (await lookAt(address)) === 'awaited'; turn += 1) {
    if (turn === 0) onAwaited();
    await newsOf(address);
  }
}

/** Until there are news of it, or a while has gone by without any. */
function newsOf(address: string): Promise<void> {
  return new Promise((heard) => {
    const stop = listen((news) => news.type === 'renditions' && changes(news, address) && end());
    const late = setTimeout(() => end(), LOOK_AGAIN_MS);
    const end = () => {
      stop();
      clearTimeout(late);
      heard();
    };
  });
}
