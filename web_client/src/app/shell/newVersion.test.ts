import { expect, test, vi } from 'vitest';
import { keepInstalled, type Take } from './newVersion';

class Worker extends EventTarget {
  state = 'installing';
  postMessage = vi.fn();
  become(state: string) {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

function install(controller: object | null, waiting: Worker | null = null) {
  const registration = Object.assign(new EventTarget(), {
    waiting,
    installing: null as Worker | null,
    update: vi.fn(async () => {}),
  });
  const workers = Object.assign(new EventTarget(), { controller, register: async () => registration });
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { serviceWorker: workers }));
  const find = () => {
    const found = new Worker();
    registration.installing = found;
    registration.dispatchEvent(new Event('updatefound'));
    return found;
  };
  return { registration, find };
}

/** What the service answers as its first page. */
function serve(entry: string) {
  document.head.innerHTML = '<script type="module" src="/assets/index-1.js"></script>';
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(`<script src="${entry}">`));
}

test('a newer version is told of once it is there, and taken only when asked', async () => {
  serve('/assets/index-2.js');
  const { find } = install({});
  const told: Take[] = [];
  await keepInstalled((take) => told.push(take));
  const next = find();
  expect(told).toHaveLength(0);
  next.become('installed');
  await vi.waitFor(() => expect(told).toHaveLength(1));
  expect(next.postMessage).not.toHaveBeenCalled();
  told[0]?.();
  expect(next.postMessage).toHaveBeenCalledWith({ type: 'SKIP_WAITING' });
});

test('the first version is no news', async () => {
  const tell = vi.fn();
  const { find } = install(null);
  await keepInstalled(tell);
  find().become('installed');
  expect(tell).not.toHaveBeenCalled();
});

test('one that has waited since the last visit is told of at once', async () => {
  const tell = vi.fn();
  serve('/assets/index-2.js');
  install({}, new Worker());
  await keepInstalled(tell);
  await vi.waitFor(() => expect(tell).toHaveBeenCalledOnce());
});

test('a page that is the newest itself is not to be reloaded', async () => {
  const tell = vi.fn();
  serve('/assets/index-1.js');
  install({}, new Worker());
  await keepInstalled(tell);
  await vi.waitFor(() => expect(fetch).toHaveBeenCalledOnce());
  await new Promise((resolve) => setTimeout(resolve));
  expect(tell).not.toHaveBeenCalled();
});
