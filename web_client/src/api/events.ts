/** What the service tells open pages as it happens, over one connection for the whole page. */
import { useEffect, useEffectEvent } from 'react';
import type { Schemas } from '@/api/client';

export type ResultNews = { type: 'result' } & Pick<
  Schemas['ResultSummary'],
  'id' | 'status' | 'progress' | 'heard_ms' | 'duration_ms' | 'error'
>;
export type UploadNews = { type: 'upload' } & Schemas['UploadState'];
export type RecitalNews = { type: 'recital' } & Pick<
  Schemas['RecitalSummary'],
  'id' | 'status' | 'result_id' | 'flags' | 'error'
>;
/** A version of a text that somebody has made. */
export type TranscriptNews = { type: 'transcript'; id: string; transcript_id: string; version: number };
/** Forms of a result's content that can be loaded now, or why they can't. */
export type RenditionNews = {
  type: 'renditions';
  id: string;
  names: string[];
  error: Schemas['ResultError'] | null;
};
/** `reset`: some may have been missed, so the present state is to be asked for. It comes first, and after each gap. */
export type News = ResultNews | UploadNews | RecitalNews | TranscriptNews | RenditionNews | { type: 'reset' };
export type Listener = (news: News) => void;

const ADDRESS = '/api/v1/events';
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Who goes from one page to another keeps the connection. */
const LINGERS_MS = 5000;

const listeners = new Set<Listener>();
let source: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let ending: ReturnType<typeof setTimeout> | undefined;
let failures = 0;

/** Hear all news until the returned function is called. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (listeners.size === 1) begin(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(ending);
    ending = setTimeout(end, LINGERS_MS);
  };
}

/** Hear all news while a component is shown. */
export function useNews(listener: Listener): void {
  const heard = useEffectEvent(listener);
  useEffect(() => listen((news) => heard(news)), []);
}

function begin(listener: Listener): void {
  clearTimeout(ending);
  if (!source) {
    open();
    window.addEventListener('online', openAtOnce);
    return;
  }
  // It was kept open, but nobody heard what it told meanwhile.
  queueMicrotask(() => listeners.has(listener) && listener({ type: 'reset' }));
}

function end(): void {
  window.removeEventListener('online', openAtOnce);
  close();
  failures = 0;
}

function open(): void {
  close();
  source = new EventSource(ADDRESS);
  source.addEventListener('reset', () => {
    failures = 0;
    tell({ type: 'reset' });
  });
  for (const type of ['result', 'upload', 'recital', 'transcript', 'renditions']) {
    source.addEventListener(type, ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as News));
  }
  source.onerror = () => {
    // A stream that broke off is begun anew by the browser; one that was refused is given up, and is ours to repeat.
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    timer = setTimeout(open, Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS));
    failures += 1;
  };
}

function openAtOnce(): void {
  if (source?.readyState !== EventSource.OPEN) open();
}

function close(): void {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function tell(news: News): void {
  for (const listener of [...listeners]) listener(news);
}
