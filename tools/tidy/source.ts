import { parseSync } from 'vite';

/** A path from the project's root, with `/`, and its text. */
export type ProjectFile = { readonly path: string; readonly text: string };

/** What a broken rule says: where, and in one sentence what to do. */
export type Fault = {
  readonly path: string;
  /** From 1; 0 when it is about the whole file or folder. */
  readonly line: number;
  readonly rule: string;
  readonly sentence: string;
};

export type Import = { readonly specifier: string; readonly start: number };

/** A node of the syntax tree (ESTree with TypeScript's nodes). */
export type SyntaxNode = { readonly type: string; readonly start: number; readonly end: number } & {
  readonly [key: string]: unknown;
};

/** A TypeScript file, read. */
export type Source = ProjectFile & {
  readonly imports: readonly Import[];
  readonly nodes: readonly { readonly node: SyntaxNode; readonly parent: SyntaxNode | null }[];
  readonly comments: readonly { readonly value: string; readonly start: number; end: number }[];
  lineOf(offset: number): number;
};

/** Reads .ts and .tsx with all their imports: types too, dynamic ones, and files of workers. */
export function readSource(file: ProjectFile): Source {
  const parsed = parseSync(file.path, file.text);
  const nodes: { node: SyntaxNode; parent: SyntaxNode | null }[] = [];
  walk(parsed.program as unknown as SyntaxNode, null, (node, parent) => {
    nodes.push({ node, parent });
  });
  const lineStarts = [0];
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) {
    lineStarts.push(at + 1);
  }
  return {
    ...file,
    imports: nodes.flatMap(({ node }) => importOf(node)),
    nodes,
    comments: parsed.comments,
    lineOf: (offset) => lineStarts.findLastIndex((start) => start <= offset) + 1,
  };
}

function importOf(node: SyntaxNode): Import[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return literal(node.source, node.start);
    case 'NewExpression': {
      // new URL('./worker.ts', import.meta.url) is how a worker or a file beside it is named.
      const [first, second] = node.arguments as SyntaxNode[];
      const isUrl = (node.callee as SyntaxNode).name === 'URL' && second !== undefined;
      return isUrl ? literal(first, node.start).filter(({ specifier }) => isSource(specifier)) : [];
    }
    default:
      return [];
  }
}

function literal(node: unknown, start: number): Import[] {
  const value = (node as SyntaxNode | null | undefined)?.value;
  return typeof value === 'string' ? [{ specifier: value, start }] : [];
}

export function isSource(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
}

function walk(
  node: SyntaxNode,
  parent: SyntaxNode | null,
  visit: (node: SyntaxNode, parent: SyntaxNode | null) => void,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, node, visit);
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
