export interface ApprovalSettings {
  readonly approvalCodes: readonly string[];
  /** Days over which closed instances are read again. */
  readonly lookbackDays: number;
  /** yyyy-mm-dd: the first run reads from here. */
  readonly startDate?: string | undefined;
  readonly locale: string;
}
