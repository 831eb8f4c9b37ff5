// What the errors of a run that was stopped say, for those who tell of them apart from true failures.

/** Whether a line of an error says no more than that the run was stopped. */
export function saysStopped(line: string): boolean {
  return /\bthe run was stopped by (?:SIG|its caller\b)/.test(line);
}

/** Whether a line of an error says no more than that another stream stopped the source. */
export function saysNotRead(line: string): boolean {
  return /^not read(?: to the end)?, since the source was stopped: /.test(line);
}
