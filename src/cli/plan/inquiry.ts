// Asks the streams of one source what a sync would request. They may ask the tenant what they must know.

import { action, describe, locate } from '../../errors.ts';
import { type EndpointUse, meterOf, newProgress } from '../../progress.ts';
import type { Source } from '../../run.ts';
import type { Expectation, Plan, Stream } from '../../stream.ts';

/** What is asked: a source that nothing is written to. */
export type Asked = Pick<Source, 'name' | 'streams' | 'replica' | 'lark' | 'allow'>;

export interface InquiryOptions {
  readonly full: boolean;
  readonly signal: AbortSignal;
  /** Told of the calls that a stream made to find out. */
  made(use: ReadonlyMap<string, EndpointUse>): Promise<void>;
}

export interface Answer {
  readonly expectations: readonly Expectation[];
  /** Why something could not be found out, as sentences. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Never throws for what goes wrong with the tenant: the answer says it. Throws the reason of the signal. */
export async function inquire(source: Asked, options: InquiryOptions): Promise<Answer> {
  const inquiry = new Inquiry(source, options);
  for (const stream of source.streams) {
    if (!(await inquiry.ask(stream))) break;
    options.signal.throwIfAborted();
  }
  return inquiry;
}

class Inquiry implements Answer {
  readonly expectations: Expectation[] = [];
  readonly errors: string[] = [];
  readonly warnings: string[] = [];
  readonly #source: Asked;
  readonly #options: InquiryOptions;

  constructor(source: Asked, options: InquiryOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** Whether it makes sense to ask further streams. A stream that does not say what it costs costs nothing more. */
  async ask(stream: Stream): Promise<boolean> {
    if (stream.expects === undefined) return true;
    const progress = newProgress(this.#source.name, stream.name);
    const meter = meterOf(progress, (endpoint) => this.#source.allow(endpoint));
    const plan: Plan = {
      lark: this.#source.lark(meter, this.#options.signal),
      replica: this.#source.replica,
      full: this.#options.full,
      warn: (message) => void this.warnings.push(`${stream.name}: ${message}`),
      expect: () => undefined,
    };
    try {
      return await this.#askAll(stream, plan);
    } finally {
      await this.#options.made(progress.use);
    }
  }

  async #askAll(stream: Stream, plan: Plan): Promise<boolean> {
    for await (const partition of stream.partitions(plan)) {
      try {
        const { name } = stream;
        const from = plan.full ? undefined : await plan.replica.cursor(name, partition.key);
        for await (const expectation of stream.expects?.({ ...plan, partition, from }) ?? []) {
          if (this.#isWanted(expectation)) this.expectations.push(expectation);
        }
      } catch (error) {
        this.#options.signal.throwIfAborted();
        const where = { source: this.#source.name, stream: stream.name, partition: partition.key };
        this.errors.push(describe(locate(error, where)));
        const next = action(error);
        if (next === 'stop-source' || next === 'stop-run') return false;
      }
    }
    return true;
  }

  #isWanted({ stream }: Expectation): boolean {
    return stream === undefined || this.#source.streams.some(({ name }) => name === stream);
  }
}
