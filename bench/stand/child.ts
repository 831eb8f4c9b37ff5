// Processes of the benchmark's own that answer questions: both ends of the line, JSON over IPC.

import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Child {
  /** Asks one question at a time. Rejects with what the child threw, or when it dies. */
  ask<Answer>(question: unknown): Promise<Answer>;
  end(): Promise<void>;
}

interface Reply {
  readonly answer?: unknown;
  readonly error?: string;
}

/** As larkhouse keeps one: without it, each process would hold Node's translator of TypeScript, too. */
const compileCache = join(import.meta.dirname, '../../node_modules/.cache/compiled');

/** Runs a module as a process; it ends with this one, whatever happens. */
export function startChild(module: URL, execArgv: readonly string[] = []): Child {
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache };
  const child = fork(fileURLToPath(module), { execArgv: [...execArgv], stdio: 'inherit', env });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const lost = (): void => reject(new Error(`${module.pathname.split('/').at(-1)} died`));
        child.once('exit', lost);
        child.once('message', (text: string) => {
          child.off('exit', lost);
          const { answer, error }: { answer: never; error?: string } = JSON.parse(text);
          if (error === undefined) resolve(answer);
          else reject(new Error(error));
        });
        child.send(JSON.stringify(question));
      }),
    async end() {
      if (child.connected) child.disconnect();
      const kill = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(kill);
    },
  };
}

/** The child's end: answers each question with what the work gives. */
export function answerParent<Question>(work: (question: Question) => Promise<unknown>): void {
  process.on('disconnect', () => process.exit());
  process.on('message', (text: string) => {
    const reply = (given: Reply): void => void process.send?.(JSON.stringify(given));
    const question: Question = JSON.parse(text);
    work(question).then(
      (answer) => reply({ answer }),
      (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
}
