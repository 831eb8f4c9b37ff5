// The page of the library: every export of src/index.ts as the compiler declares it, with its doc comment.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { API, NodeBuilderFlags, type Project, SymbolFlags } from 'typescript/unstable/sync';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const compiler = join(root, 'node_modules/typescript/bin/tsc');

interface Export {
  readonly name: string;
  readonly comment: string;
  /** Without `export` and `declare`. */
  readonly declaration: string;
  /** Where it is declared: the file below the root, and the place in it. */
  readonly file: string;
  readonly position: number;
}

const preface = `# The library

\`import { sync } from 'larkhouse'\` replicates from a program of yours: [example.ts](example.ts) is a whole one.
Made by \`make docs\` from the comments in the code; nothing else of the package may be imported.
`;

/** In the order of the page. */
const sections: readonly (readonly [title: string, files: readonly string[]])[] = [
  ['The function', ['src/sync']],
  ['What it tells', ['src/cli/sync/events']],
  ['What it gives', ['src/cli/sync/report']],
  ['The configuration', ['src/config/file', 'src/config/modules']],
  ['Errors', ['src/errors', 'src/cli/outcome']],
];

/** The whole page. Throws when something is exported that no section has. */
export async function apiPage(): Promise<string> {
  const exported = await exports();
  const parts = sections.map(([title, files]) => {
    const own = files.flatMap((file) => exported.filter((one) => one.file === file));
    return `## ${title}\n\n${own.map(entryOf).join('\n\n')}\n`;
  });
  const homeless = exported.filter(({ file }) => !sections.some(([, all]) => all.includes(file)));
  if (homeless.length > 0) throw new Error(`no section has ${homeless.map(({ name }) => name)}`);
  return [preface, ...parts].join('\n');
}

function entryOf({ name, comment, declaration }: Export): string {
  const heading = `### \`${name}\`\n`;
  // An error that adds nothing to its kind is told by its name.
  if (/^class \w+ extends LarkhouseError \{\s+readonly name: '\w+';\s+\}$/.test(declaration)) {
    return `${heading}\n${comment}`;
  }
  return [heading, ...(comment === '' ? [] : [`${comment}\n`]), fenced(declaration)].join('\n');
}

function fenced(declaration: string): string {
  const indented = declaration.replace(/^(?: {4})+/gm, (blanks) => ' '.repeat(blanks.length / 2));
  return `\`\`\`ts\n${indented}\n\`\`\``;
}

async function exports(): Promise<Export[]> {
  const folder = await mkdtemp(join(tmpdir(), 'larkhouse-api-'));
  const api = new API();
  try {
    const config = join(root, 'tsconfig.build.json');
    const args = [compiler, '-p', config, '--emitDeclarationOnly', '--outDir', folder];
    await promisify(execFile)(process.execPath, args);
    const compilerOptions = { module: 'nodenext', noEmit: true, types: ['node'] };
    const project = join(folder, 'tsconfig.json');
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(project, JSON.stringify({ compilerOptions, files: ['src/index.d.ts'] }));
    const [opened] = api.updateSnapshot({ openProjects: [project] }).getProjects();
    return opened === undefined ? [] : exportsIn(opened, folder);
  } finally {
    api.close();
    await rm(folder, { recursive: true });
  }
}

function exportsIn(project: Project, folder: string): Export[] {
  const { checker, program } = project;
  const index = program.getSourceFile(join(folder, 'src/index.d.ts'));
  const module = index === undefined ? undefined : checker.getSymbolAtLocation(index);
  if (module === undefined) throw new Error('src/index.ts declares nothing');
  const found = checker.getExportsOfModule(module).flatMap((each) => {
    const symbol = each.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
    const [handle] = symbol.declarations;
    const node = handle?.resolve(project);
    if (handle === undefined || node === undefined) return [];
    const text = node.getText().replace(/^export (?:declare )?/, '');
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    return {
      name: each.name,
      comment: paragraphs(checker.getDocumentationCommentOfSymbol(symbol)),
      // What a type is computed from is no concern of a reader's.
      declaration: text.includes('typeof')
        ? `type ${each.name} = ${checker.typeToString(type, undefined, NodeBuilderFlags.NoTruncation | NodeBuilderFlags.InTypeAlias).replaceAll('"', "'")};`
        : text,
      file: handle.path.slice(folder.length + 1).replace(/\.d\.ts$/, ''),
      position: node.pos,
    };
  });
  return found.sort((one, other) => one.position - other.position);
}

/** Lines that were broken for the code's width, as lines of a page. */
function paragraphs(comment: string): string {
  return comment.replace(/([^\n])\n(?!\n)/g, '$1 ');
}
