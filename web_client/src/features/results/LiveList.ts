import type { QueryClient } from '@tanstack/react-query';
import type { News, ResultNews } from '@/api/events';
import { changeable, dropRow, has, mergePage, type Pages, patchRow, wouldStandAmong } from './pages';
import { listQuery, readPage } from './queries';

/** Keeps the list as it is at the service, by its news and by reading again only what may have changed. */
export class LiveList {
  private readonly queries: QueryClient;
  private reading = false;
  private again = false;
  /** What was heard while a page was being read: the page may have been written before. */
  private meanwhile: ResultNews[] = [];
  private readonly finished = new Set<string>();

  constructor(queries: QueryClient) {
    this.queries = queries;
  }

  hear(news: News): void {
    const pages = this.queries.getQueryData(listQuery.queryKey);
    if (!pages) return;
    if (news.type === 'reset') void this.refresh();
    if (news.type !== 'result') return;
    if (this.reading) this.meanwhile.push(news);
    if (has(pages, news.id)) {
      this.change((now) => tell(now, news));
      if (news.status !== 'completed') return;
      this.finished.add(news.id);
      void this.refresh();
    } else if (!isGone(news) && wouldStandAmong(pages, news.id)) void this.refresh();
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

  private async readChangeable(): Promise<void> {
    const pages = this.queries.getQueryData(listQuery.queryKey);
    const finished = new Set(this.finished);
    this.finished.clear();
    for (const at of pages ? changeable(pages, finished) : []) {
      const cursor = (pages?.pageParams[at] ?? null) as string | null;
      const fresh = await this.queries.fetchQuery({
        queryKey: ['results', 'page', cursor],
        queryFn: ({ signal }) => readPage(cursor, signal),
        staleTime: 0,
        gcTime: 0,
      });
      this.change((now) => (now.pageParams[at] === cursor ? mergePage(now, at, fresh) : now));
    }
  }

  private change(how: (pages: Pages) => Pages): void {
    this.queries.setQueryData(listQuery.queryKey, (pages) => pages && how(pages));
  }
}

function tell(pages: Pages, news: ResultNews): Pages {
  return isGone(news) ? dropRow(pages, news.id) : patchRow(pages, news);
}

function isGone({ status }: ResultNews): boolean {
  return status === 'deleting' || status === 'gone';
}
