#!/usr/bin/env node
// The command line of larkhouse: hands the process to the command that its arguments name.

import { runCommandLine } from './commands.ts';
import { Scrubber } from './scrub.ts';

// A reader that goes away early (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  scrubber: new Scrubber(),
});

// Whatever is still open then is something that failed to close; the work is done.
setTimeout(() => process.exit(), 3000).unref();
