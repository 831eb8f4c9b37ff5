import type { Report, Status, StreamReport } from '../../../../src/cli/sync/report.ts';

export function streamReport(given: Partial<StreamReport> = {}): StreamReport {
  return {
    stream: 'base.records',
    status: 'complete',
    records: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    rejected: 0,
    requests: 0,
    throttled: 0,
    retries: 0,
    seconds: 0,
    error: null,
    warnings: [],
    ...given,
  };
}

export function reportWith(streams: readonly StreamReport[], status: Status = 'complete'): Report {
  return { run_id: 1, status, seconds: 1, sources: [{ source: 'acme', streams }] };
}
