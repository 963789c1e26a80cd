/** Says that there is something to look at; who looks later still hears it. */
export class Bell {
  #hasRung = false;
  #hear = () => {};

  ring(): void {
    this.#hasRung = true;
    this.#hear();
  }

  /** Resolves once it has rung since it was heard last. */
  async heard(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#hasRung) {
      await new Promise<void>((resolve, reject) => {
        const refuse = () => reject(signal.reason);
        signal.addEventListener('abort', refuse, { once: true });
        this.#hear = () => {
          signal.removeEventListener('abort', refuse);
          resolve();
        };
      });
    }
    this.#hasRung = false;
  }
}
