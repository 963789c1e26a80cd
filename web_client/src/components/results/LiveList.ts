import type { QueryClient } from '@tanstack/react-query';
import type { News, ResultNews } from '@/api/events';
import { type ResultsWanted, readResults } from '@/api/results';
import { changeable, dropRow, find, mergePage, type Pages, patchRow, wouldStandAmong } from './pages';
import { listQuery } from './queries';

/** Keeps a list as it is at the service, by its news and by reading again only what may have changed. */
export class LiveList {
  private readonly queries: QueryClient;
  private readonly wanted: ResultsWanted;
  /** Whether it has everything, the newest first: then an id says where a result would stand. */
  private readonly isPlain: boolean;
  private reading = false;
  private again = false;
  /** What was heard while a page was being read: the page may have been written before. */
  private meanwhile: ResultNews[] = [];
  private readonly changed = new Set<string>();
  /** How far others had come when they were last heard of. */
  private readonly elsewhere = new Map<string, ResultNews['status']>();

  constructor(queries: QueryClient, wanted: ResultsWanted, isPlain: boolean) {
    this.queries = queries;
    this.wanted = wanted;
    this.isPlain = isPlain;
  }

  hear(news: News): void {
    const pages = this.pages;
    if (!pages) return;
    if (news.type === 'reset') void this.refresh();
    if (news.type === 'renditions' && find(pages, news.id)) this.readAgain(news.id);
    if (news.type !== 'result') return;
    if (this.reading) this.meanwhile.push(news);
    const row = find(pages, news.id);
    if (row) {
      this.change((now) => tell(now, news));
      if (this.mayMove(row.status, news)) this.readAgain(news.id);
    } else if (!isGone(news) && this.mayCome(pages, news)) void this.refresh();
  }

  /** Read again what may have changed unheard. */
  async refresh(): Promise<void> {
    this.again = true;
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.again) {
        this.again = false;
        await this.readChangeable();
      }
      for (const news of this.meanwhile) this.change((now) => tell(now, news));
    } catch {
      // What was there stays there. When the connection is back, the news begin with a reset.
    } finally {
      this.reading = false;
      this.meanwhile = [];
    }
  }

  private get pages(): Pages | undefined {
    return this.queries.getQueryData(listQuery(this.wanted).queryKey);
  }

  /** Read again the page that has a row, of which there is more to know than the news say. */
  private readAgain(id: string): void {
    this.changed.add(id);
    void this.refresh();
  }

  /** Whether a row may have more to it than the news say, or belong elsewhere. */
  private mayMove(before: ResultNews['status'], { status }: ResultNews): boolean {
    return status === 'completed' || (!this.isPlain && status !== before);
  }

  /** Whether a result that is not among the rows may be now. */
  private mayCome(pages: Pages, { id, status }: ResultNews): boolean {
    if (this.isPlain) return wouldStandAmong(pages, id);
    const isNews = this.elsewhere.get(id) !== status;
    this.elsewhere.set(id, status);
    return isNews;
  }

  private async readChangeable(): Promise<void> {
    const { pages } = this;
    const changed = new Set(this.changed);
    this.changed.clear();
    for (const at of pages ? changeable(pages, changed) : []) {
      const cursor = (pages?.pageParams[at] ?? null) as string | null;
      const fresh = await this.queries.fetchQuery({
        queryKey: ['results', 'page', this.wanted, cursor],
        queryFn: ({ signal }) => readResults(this.wanted, cursor, signal),
        staleTime: 0,
        gcTime: 0,
      });
      this.change((now) => (now.pageParams[at] === cursor ? mergePage(now, at, fresh) : now));
    }
  }

  private change(how: (pages: Pages) => Pages): void {
    this.queries.setQueryData(listQuery(this.wanted).queryKey, (pages) => pages && how(pages));
  }
}

function tell(pages: Pages, news: ResultNews): Pages {
  return isGone(news) ? dropRow(pages, news.id) : patchRow(pages, news);
}

function isGone({ status }: ResultNews): boolean {
  return status === 'deleting' || status === 'gone';
}
