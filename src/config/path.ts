// How a place in the configuration is written: sources.acme.modules.base[0].table_id.

export type Path = readonly PropertyKey[];

/** Dots between names, brackets around list positions and around names that a dot would blur. */
export function formatPath(path: Path): string {
  return path.map(formatStep).join('').replace(/^\./, '');
}

function formatStep(step: PropertyKey): string {
  if (typeof step === 'number') return `[${step}]`;
  const name = String(step);
  return /^[\w-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
