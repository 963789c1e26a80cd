import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering, problem } from '@/test/answers';
import { hearNews, tellNews } from '@/test/news';
import { renderPage } from '@/test/render';
import type { Film } from './film';
import { Player } from './Player';

const OF_RESULT = '/api/v1/results/r1/renditions';
const LIGHT = `${OF_RESULT}/light`;
const AWAITED = () => Response.json({ status: 'under_way' }, { status: 202 });
const FILM: Film = {
  address: `${OF_RESULT}/web`,
  poster: `${OF_RESULT}/poster`,
  captions: null,
  language: 'en',
  width: 640,
  height: 360,
};
const play = vi.fn(() => Promise.resolve());
const load = vi.fn();

beforeEach(() => {
  hearNews();
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(play);
  vi.spyOn(HTMLMediaElement.prototype, 'load').mockImplementation(load);
  Object.defineProperty(HTMLMediaElement.prototype, 'textTracks', {
    configurable: true,
    value: Object.assign(new EventTarget(), { [Symbol.iterator]: [][Symbol.iterator].bind([]) }),
  });
  play.mockClear();
  load.mockClear();
});
afterEach(() => vi.unstubAllGlobals());

function Page({ film }: { film: Film | null }) {
  const [sound, setSound] = useState<HTMLMediaElement | null>(null);
  const [shown, setShown] = useState<Film | null>(null);
  return (
    <>
      <Player
        address={LIGHT}
        peaksAddress={null}
        durationMs={60_000}
        film={shown}
        sound={sound}
        onSound={setSound}
        unit="word"
        onStep={() => {}}
      />
      <button type="button" onClick={() => setShown(film)}>
        Now it is there
      </button>
    </>
  );
}

const element = (kind: 'audio' | 'video') => document.querySelector(kind) as HTMLMediaElement;
const isPlaying = (sound: HTMLMediaElement) => Object.defineProperty(sound, 'paused', { value: false });

test('a sound that has expired is made again, and plays on when it is there', async () => {
  let isThere = false;
  answering({ [`GET ${LIGHT}`]: () => (isThere ? new Response() : AWAITED()) });
  await renderPage(<Page film={null} />);
  fireEvent.error(isPlaying(element('audio')));
  expect(await screen.findByText('Being made ready')).toBeVisible();
  expect(play).not.toHaveBeenCalled();
  isThere = true;
  act(() => tellNews('renditions', { id: 'r1', names: ['light', 'peaks'], error: null }));
  await vi.waitFor(() => expect(play).toHaveBeenCalledOnce());
  fireEvent.loadedMetadata(element('audio'));
  expect(screen.queryByText('Being made ready')).toBeNull();
});

test('a sound that can not be made again says why', async () => {
  answering({ [`GET ${LIGHT}`]: problem(409, 'source_gone', 'Send it once more.') });
  await renderPage(<Page film={null} />);
  fireEvent.error(element('audio'));
  expect(await screen.findByText('Send it once more.')).toBeVisible();
});

test('a sound that the service could not tell of is asked about once more when somebody wishes', async () => {
  let isBack = false;
  answering({ [`GET ${LIGHT}`]: () => (isBack ? new Response() : problem(503, 'unavailable')) });
  const { person } = await renderPage(<Page film={null} />);
  fireEvent.error(element('audio'));
  const again = await screen.findByRole('button', { name: 'Try again' });
  isBack = true;
  await person.click(again);
  await vi.waitFor(() => expect(load).toHaveBeenCalledOnce());
});

test('a sound that is there and does not come is tried again when asked', async () => {
  answering({ [`GET ${LIGHT}`]: () => new Response() });
  const { person } = await renderPage(<Page film={null} />);
  fireEvent.error(element('audio'));
  await vi.waitFor(() => expect(load).toHaveBeenCalledOnce());
  fireEvent.error(element('audio'));
  await person.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(play).toHaveBeenCalledOnce();
});

test('a video goes on from where its sound was, as the one source of both', async () => {
  answering({ [`GET ${FILM.poster}`]: () => new Response() });
  const { person } = await renderPage(<Page film={FILM} />);
  const sound = isPlaying(element('audio'));
  sound.currentTime = 12;
  sound.playbackRate = 1.5;
  await person.click(screen.getByRole('button', { name: 'Now it is there' }));
  await vi.waitFor(() => expect(element('video')).not.toBeNull());
  expect(element('audio')).toBeNull();
  const { currentTime, playbackRate } = element('video');
  expect({ currentTime, playbackRate }).toEqual({ currentTime: 12, playbackRate: 1.5 });
  expect(play).toHaveBeenCalledOnce();
});
