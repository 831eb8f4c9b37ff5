// What the tenant of the benchmark has, and what can be told to it and asked of it while it serves.

/** Told once, before it listens. */
export interface TenantPlan {
  /** Records of each table, by app token and table id. */
  readonly bases?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Instances of each approval code, submitted evenly over so many days up to now. */
  readonly approvals?: Readonly<
    Record<string, { readonly instances: number; readonly days: number }>
  >;
  /** Of each person on each day; 0 to 4. */
  readonly punchesPerDay?: number;
  /** One answer with punches is so long, whatever was asked for. */
  readonly punchBytes?: number;
  /** Departments below the root, and people in each of them. */
  readonly departments?: { readonly count: number; readonly people: number };
  /** How long an answer takes at least, in ms. */
  readonly latencyMs?: number;
  /** The same for Bases, where it differs. */
  readonly baseLatencyMs?: number;
  /** Enforce Lark's rate limits. */
  readonly limited?: boolean;
}

export type Question =
  | { readonly plan: TenantPlan }
  /** The table's revision moves, and with `changed` the next hundredth of its records does. */
  | {
      readonly move: {
        readonly appToken: string;
        readonly tableId: string;
        readonly changed: boolean;
      };
    }
  /** So many more instances are submitted: 2 s ago, since the tenant's clock comes in whole seconds. */
  | { readonly submit: { readonly approvalCode: string; readonly instances: number } }
  /** What was served since the last time it was asked for. */
  | { readonly usage: true };

export interface Usage {
  readonly calls: number;
  /** From a request's end until its answer was handed over, summed, in ms. */
  readonly servedMs: number;
  readonly cpuSeconds: number;
  /** By app and endpoint: when calls were accepted, in ms. */
  readonly accepted: Readonly<Record<string, readonly number[]>>;
  /** The same for calls that were refused, their number. */
  readonly refused: Readonly<Record<string, number>>;
}
