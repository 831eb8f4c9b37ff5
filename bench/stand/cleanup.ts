// What has to be undone at the end, whichever way the end comes.

export class Cleanup {
  readonly #steps: (() => Promise<unknown>)[] = [];
  #running: Promise<void> | undefined;

  /** Called last come, first served; gives a function that does it sooner. */
  add(step: () => Promise<unknown>): () => Promise<void> {
    this.#steps.push(step);
    return async () => {
      const at = this.#steps.indexOf(step);
      if (at < 0) return;
      this.#steps.splice(at, 1);
      await step();
    };
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Undoes everything, once; a step that fails does not keep the others from being taken. */
  run(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      await step().catch((error: unknown) => process.stderr.write(`while ending: ${error}\n`));
    }
  }
}
