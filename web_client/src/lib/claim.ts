/** A claim on something that only one page of this browser may work on at a time. */
export interface Claim {
  release: () => void;
}

/** Claim a name until it is released or the page is gone, however that happens; null when another page has it. */
export function claim(name: string): Promise<Claim | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        // The browser holds the lock for as long as this promise is open.
        return new Promise<void>((release) => resolve({ release }));
      })
      .catch(reject);
  });
}
