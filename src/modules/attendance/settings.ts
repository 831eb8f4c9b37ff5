export interface AttendanceSettings {
  readonly employeeType: 'employee_id' | 'employee_no';
  /** Empty: everybody whom the app may see. */
  readonly userIds: readonly string[];
  readonly includeTerminatedUsers: boolean;
  /** yyyy-mm-dd; absent: `lookbackDays` ago. */
  readonly startDate?: string | undefined;
  /** Days that each run reads again and replaces whole: punches are corrected and imported later. */
  readonly lookbackDays: number;
}
