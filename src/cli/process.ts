// The command line of larkhouse: hands the process to the command that its arguments name.

import { runCommandLine } from './commands.ts';
import { onCrash } from './crash.ts';
import { asksForDebug } from './outcome.ts';
import { Scrubber } from './scrub.ts';
import type { Shell } from './shell.ts';

// It would switch off the check of certificates, for Lark and for Postgres, in one word.
delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];

// A reader that goes away early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const args = process.argv.slice(2);
const shell: Shell = {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  scrubber: new Scrubber(),
};
onCrash(shell, asksForDebug(args));
process.exitCode = await runCommandLine(args, shell);

// Whatever is still open then is something that failed to close; the work is done.
setTimeout(() => process.exit(), 3000).unref();
