// What a person types to run larkhouse here, for messages that say what to run next.

/** `larkhouse`, or from a checkout npm's way to it. */
export function invocation(env: NodeJS.ProcessEnv): string {
  return env['npm_lifecycle_event'] === 'larkhouse' ? 'npm run -s larkhouse --' : 'larkhouse';
}
