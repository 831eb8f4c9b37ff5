// The command line as a process that can be killed, stopped and asked how it ended.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { isObject, type JsonObject, objectsOf, parseJson } from '../../../src/json.ts';

const entry = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What `--json` printed; undefined when it printed nothing. */
  readonly report: JsonObject | undefined;
}

export interface Running {
  readonly pid: number;
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Kept when it has said something on stderr that matches. */
  says(pattern: RegExp): Promise<void>;
  /** Ends the process as a power cut would; what it has not sent by now it never sends. */
  kill(): void;
  /** Its arguments as every user of the machine sees them; empty when it is gone, or not on Linux. */
  argv(): Promise<string>;
  /** The most memory it ever held, in bytes; undefined when it is gone, or not on Linux. */
  peakMemory(): Promise<number | undefined>;
}

export interface Start {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export function start(args: readonly string[], { cwd, env }: Start): Running {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  assert.ok(pid !== undefined, 'the process does not start');
  return {
    pid,
    process: child,
    ended: endOf(child),
    says: (pattern) =>
      new Promise((resolve) => {
        let said = '';
        child.stderr.on('data', (bytes: Buffer) => {
          said += bytes.toString();
          if (pattern.test(said)) resolve();
        });
      }),
    kill: () => void child.kill('SIGKILL'),
    argv: async () => (await ofProcess(pid, 'cmdline')).replaceAll('\0', ' '),
    async peakMemory() {
      const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(await ofProcess(pid, 'status')) ?? [];
      return kib === undefined ? undefined : Number(kib) * 1024;
    },
  };
}

/** What the report says of each stream of the source `acme`, by name. */
export function streamsOf({ report, stderr }: Ended): Readonly<Record<string, JsonObject>> {
  assert.ok(report !== undefined, `there is no report:\n${stderr}`);
  const streams = objectsOf(report['sources']).flatMap((one) => objectsOf(one['streams']));
  return Object.fromEntries(streams.map((one) => [String(one['stream']), one]));
}

/** The streams that are not complete, and why. */
export function unfinishedIn(ended: Ended): readonly string[] {
  return Object.entries(streamsOf(ended))
    .filter(([, { status }]) => status !== 'complete')
    .map(([name, { status, error }]) => `${name} is ${String(status)}: ${String(error)}`);
}

function ofProcess(pid: number, name: string): Promise<string> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const { stdout: out, stderr: err } = child;
  assert.ok(out !== null && err !== null);
  const closed = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) => {
    child.once('close', (code, signal) => resolve([code, signal]));
  });
  const [stdout, stderr, [code, signal]] = await Promise.all([text(out), text(err), closed]);
  return { code, signal, stdout, stderr, report: reportIn(stdout) };
}

function reportIn(stdout: string): JsonObject | undefined {
  if (!stdout.startsWith('{')) return undefined;
  const report = parseJson(stdout);
  return isObject(report) ? report : undefined;
}
