/** What was done, to be taken back and done once more. */
import type { Operation } from './operations';

export interface Step {
  undo: readonly Operation[];
  redo: readonly Operation[];
  /** Where it was done. */
  key: string | null;
  /** A word that is typed letter by letter is one step. */
  typedAt?: number;
}

const PAUSE_MS = 1000;
const LONGEST = 500;

export class History {
  private past: Step[] = [];
  private future: Step[] = [];

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  add(step: Step): void {
    this.future = [];
    const last = this.past.at(-1);
    const goesOn =
      last?.typedAt !== undefined &&
      step.typedAt !== undefined &&
      last.key === step.key &&
      step.typedAt - last.typedAt < PAUSE_MS;
    if (goesOn) this.past[this.past.length - 1] = { ...step, undo: last.undo };
    else this.past = [...this.past, step].slice(-LONGEST);
  }

  /** The last thing that was done, which is to be taken back now. */
  back(): Step | undefined {
    const step = this.past.pop();
    // What is typed after it has been taken back is another step.
    if (step) this.future.push({ undo: step.undo, redo: step.redo, key: step.key });
    return step;
  }

  /** The last thing that was taken back, which is to be done again now. */
  forward(): Step | undefined {
    const step = this.future.pop();
    if (step) this.past.push(step);
    return step;
  }

  /** Forget what was done to lines that somebody else has changed since: taking it back would take theirs back. */
  forget(changed: ReadonlySet<string>): void {
    const untouched = ({ undo, redo }: Step) =>
      ![...undo, ...redo].some((operation) => 'key' in operation && changed.has(operation.key));
    this.past = this.past.filter(untouched);
    this.future = this.future.filter(untouched);
  }
}
