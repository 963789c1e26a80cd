import type { Schemas } from '@/api/client';
import { keyed } from './text/align';
import { become } from './text/become';
import { History, type Step } from './text/history';
import { Keys, type Line, linesOf, type TranscriptText } from './text/lines';
import { apply, applyAll, type Operation, toWire, type WireOperation } from './text/operations';
import { type Performed, perform } from './text/perform';
import { type Conflict, rebase } from './text/rebase';

export type Edited = Pick<Schemas['Edited'], 'version' | 'patches'>;

/**
 * The text as somebody works on it: what the service has of it, what is on its way there, and what is yet to be sent.
 * It knows nothing of the network. Components subscribe to it.
 */
export class Draft {
  readonly keys = new Keys();
  readonly history = new History();
  private saved: readonly Line[];
  private sent: readonly Operation[] = [];
  private unsent: readonly Operation[] = [];
  private shown: readonly Line[];
  private byKey = new Map<string, Line>();
  private order: readonly string[] = [];
  private undecided: readonly Conflict[] = [];
  private savedVersion: number;
  private readonly listeners = new Set<() => void>();

  constructor(text: TranscriptText) {
    this.savedVersion = text.version;
    this.saved = linesOf(text, this.keys);
    this.shown = this.saved;
    this.show(this.saved);
  }

  /** Of the text that the service has. */
  get version(): number {
    return this.savedVersion;
  }

  get lines(): readonly Line[] {
    return this.shown;
  }

  /** The keys of all lines; the same array until lines come, go or change places. */
  get lineKeys(): readonly string[] {
    return this.order;
  }

  line(key: string): Line | undefined {
    return this.byKey.get(key);
  }

  get conflicts(): readonly Conflict[] {
    return this.undecided;
  }

  get isSaved(): boolean {
    return this.sent.length + this.unsent.length + this.undecided.length === 0;
  }

  get hasUnsent(): boolean {
    return this.unsent.length > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Do something, as one step that can be taken back; `key` is the line where it is done. */
  do(operations: readonly Operation[], key: string | null, typedAt?: number): void {
    const { done, undo } = this.perform(operations);
    if (done.length === 0) return;
    this.history.add({ undo, redo: done, key, ...(typedAt === undefined ? {} : { typedAt }) });
    this.tell();
  }

  /** What somebody types into a line. */
  type(key: string, text: string): void {
    if (this.line(key)?.text !== text) this.do([{ op: 'change', key, text }], key, performance.now());
  }

  /** Take back what was done last; returns where that was, and undefined where there is nothing to take back. */
  undo(): Step | undefined {
    return this.again(this.history.back(), 'undo');
  }

  redo(): Step | undefined {
    return this.again(this.history.forward(), 'redo');
  }

  private again(step: Step | undefined, way: 'undo' | 'redo'): Step | undefined {
    if (step) this.perform(step[way]);
    this.tell();
    return step;
  }

  /** What is to be sent next, at most so much of it; from now on it is on its way. */
  take(most: number): WireOperation[] {
    let lines = this.saved;
    const wire: WireOperation[] = [];
    this.sent = this.unsent.slice(0, most);
    this.unsent = this.unsent.slice(most);
    for (const operation of this.sent) {
      const told = toWire(lines, operation);
      if (told) wire.push(told);
      lines = apply(lines, operation) ?? lines;
    }
    return wire;
  }

  /** It did not arrive, or nobody knows whether it did: it is to be sent once more. */
  giveBack(): void {
    this.unsent = [...this.sent, ...this.unsent];
    this.sent = [];
    this.tell();
  }

  /** What was on its way will never be taken: the text is shown without it. */
  drop(): void {
    this.history.forget(new Set(this.sent.flatMap((operation) => ('key' in operation ? operation.key : []))));
    this.sent = [];
    this.show(applyAll(this.saved, this.unsent));
    this.tell();
  }

  /** What was on its way has become a version, with these changes. */
  accept({ version, patches }: Edited): void {
    const foreseen = applyAll(this.saved, this.sent);
    let lines: readonly Line[] = this.saved;
    for (const { first, removed, ...text } of patches) {
      lines = lines.toSpliced(first, removed, ...linesOf(text, this.keys));
    }
    this.keep(version, keptKeys(foreseen, lines));
    this.sent = [];
    this.show(applyAll(this.saved, this.unsent));
    this.tell();
  }

  /** Somebody else has made a version: put onto it what is not saved, and ask about what can't be. */
  receive(text: TranscriptText): void {
    const mine = [...this.sent, ...this.unsent];
    const rebased = rebase(this.saved, linesOf(text, this.keys), mine);
    this.keep(text.version, rebased.lines);
    this.sent = [];
    this.unsent = rebased.operations;
    this.undecided = [...this.undecided, ...rebased.conflicts];
    this.history.forget(rebased.changed);
    this.show(applyAll(this.saved, this.unsent));
    this.tell();
  }

  /** Choose between what two have made of the same lines. Either way the other is had by taking that back. */
  decide(choices: readonly ('mine' | 'theirs')[]): void {
    const conflicts = this.undecided;
    this.undecided = [];
    // From the end on, so that what stands before each of them is still there.
    for (const [at, { mine, theirs, after }] of [...conflicts.entries()].reverse()) {
      const operations = become(theirs, mine, after, this.keys);
      const key = theirs[0]?.key ?? after;
      if (choices[at] === 'mine') this.do(operations, key);
      else this.history.add({ undo: operations, redo: perform(this.shown, operations).undo, key });
    }
    this.tell();
  }

  private perform(operations: readonly Operation[]): Performed {
    const performed = perform(this.shown, operations);
    this.unsent = performed.done.reduce(queued, this.unsent);
    this.show(performed.lines);
    return performed;
  }

  private keep(version: number, lines: readonly Line[]): void {
    this.savedVersion = version;
    this.saved = lines;
  }

  private show(lines: readonly Line[]): void {
    this.shown = lines;
    this.byKey = new Map(lines.map((line) => [line.key, line]));
    const isSame = lines.length === this.order.length && lines.every(({ key }, at) => key === this.order[at]);
    if (!isSame) this.order = lines.map(({ key }) => key);
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

/** Of several changes of one text that follow each other, the last is what is sent. */
function queued(unsent: readonly Operation[], operation: Operation): readonly Operation[] {
  const last = unsent.at(-1);
  const goesOn = last?.op === 'change' && operation.op === 'change' && last.key === operation.key;
  return goesOn ? unsent.with(-1, { ...last, ...operation }) : [...unsent, operation];
}

/** Lines as the service made them are those that were foreseen; where they are not, those that they are most like. */
function keptKeys(foreseen: readonly Line[], lines: readonly Line[]): Line[] {
  if (foreseen.length !== lines.length) return keyed(foreseen, lines);
  return lines.map((line, at) => ({ ...line, key: foreseen[at]?.key ?? line.key }));
}
