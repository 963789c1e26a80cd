/** Failures that nobody shows beside what has failed: whoever can show them anywhere listens. */

type Listener = (error: Error) => void;

export class Failures {
  private listener: Listener = () => {};

  readonly tell = (error: Error): void => this.listener(error);

  /** Hear of every failure from now on; returns how to stop. */
  readonly hear = (listener: Listener): (() => void) => {
    this.listener = listener;
    return () => {
      this.listener = () => {};
    };
  };
}
