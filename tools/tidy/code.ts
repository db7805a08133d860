import { homes, isTest, roomOf, rooms, roomsOfBrowsers } from './floors.ts';
import type { Fault, Source, SyntaxNode } from './source.ts';

const linesMax = { file: 500, function: 70 };
const columnsMax = 100;

/** Faults inside one file: clocks, sizes, what was left for later, what hides a failure. */
export function codeFaults(source: Source): Fault[] {
  return [
    ...purityFaults(source),
    ...sizeFaults(source),
    ...leftoverFaults(source),
    ...hidingFaults(source),
    ...sqlFaults(source),
    ...docstringFaults(source),
  ];
}

function fault(source: Source, start: number, rule: string, sentence: string): Fault {
  return { path: source.path, line: source.lineOf(start), rule, sentence };
}

function purityFaults(source: Source): Fault[] {
  const room = rooms.find(({ name }) => name === roomOf(source.path));
  if (room === undefined || !room.pure || isTest(source.path)) return [];
  const browser = roomsOfBrowsers.includes(room.name);
  return source.nodes.flatMap(({ node, parent }) => {
    const what = impurity(node);
    if (what !== null) {
      const [rule, home] =
        what === 'Math.random'
          ? ['chance in a pure floor', homes.chance]
          : ['clock in a pure floor', homes.clock];
      return [fault(source, node.start, rule, `${what} in src/${room.name}: ${home}`)];
    }
    if (browser && isIdentifier(node, 'Temporal') && !isPropertyName(node, parent)) {
      const sentence =
        `Temporal in src/${room.name}, which browsers without it share: dates there are ` +
        "'YYYY-MM-DD' with src/base/dates.ts; Temporal may be used from floor 1 (feel) upwards";
      return [fault(source, node.start, 'Temporal in a shared room', sentence)];
    }
    return [];
  });
}

function impurity(node: SyntaxNode): string | null {
  if (node.type === 'MemberExpression') {
    const object = node.object as SyntaxNode;
    const property = (node.property as SyntaxNode).name;
    for (const [owner, name] of [
      ['Date', 'now'],
      ['Math', 'random'],
      ['Temporal', 'Now'],
    ] as const) {
      if (isIdentifier(object, owner) && property === name) return `${owner}.${name}`;
    }
  }
  const callee = node.callee as SyntaxNode | undefined;
  if (node.type === 'NewExpression' && isIdentifier(callee, 'Date')) {
    return (node.arguments as unknown[]).length === 0 ? 'new Date()' : null;
  }
  return node.type === 'CallExpression' && isIdentifier(callee, 'Date') ? 'Date()' : null;
}

function isIdentifier(node: SyntaxNode | undefined, name: string): boolean {
  return node?.type === 'Identifier' && node.name === name;
}

function isPropertyName(node: SyntaxNode, parent: SyntaxNode | null): boolean {
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent?.type === 'Property' && parent.key === node && parent.shorthand !== true;
}

function sizeFaults(source: Source): Fault[] {
  const faults: Fault[] = [];
  const lines = source.text.trimEnd().split('\n').length;
  if (lines > linesMax.file) {
    const sentence = `${lines} lines, at most ${linesMax.file}: split the file by meaning`;
    faults.push(fault(source, 0, 'file over 500 lines', sentence));
  }
  faults.push(...wideLines(source));
  if (isTest(source.path)) return faults;
  const functions = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
  for (const { node } of source.nodes.filter(({ node }) => functions.includes(node.type))) {
    const length = source.lineOf(node.end) - source.lineOf(node.start) + 1;
    if (length <= linesMax.function) continue;
    const sentence = `a function of ${length} lines, at most ${linesMax.function}: one function decides, small pure ones compute`;
    faults.push(fault(source, node.start, 'function over 70 lines', sentence));
  }
  return faults;
}

/** The formatter cannot break a text, so a line may be wider because of one of some length. */
const textColumnsMin = 40;
/** An address, or an instruction to the linter, cannot be broken either. */
const mustBeOneLine = /:\/\/|biome-ignore/;

function wideLines(source: Source): Fault[] {
  const texts = source.nodes
    .map(({ node }) => node)
    .filter(({ type }) => ['Literal', 'TemplateLiteral', 'JSXText'].includes(type))
    .filter(({ start, end }) => end - start >= textColumnsMin);
  let start = 0;
  return source.text.split('\n').flatMap((line) => {
    const [from, end] = [start, start + line.length];
    start = end + 1;
    if (line.length <= columnsMax || mustBeOneLine.test(line)) return [];
    if (texts.some((node) => node.start < end && node.end > from)) return [];
    const sentence = `${line.length} columns, at most ${columnsMax}`;
    return [fault(source, from, 'line over 100 columns', sentence)];
  });
}

const leftover = /\b(TODO|FIXME|XXX|HACK)\b/;

function leftoverFaults(source: Source): Fault[] {
  return source.comments.flatMap((comment) => {
    const word = leftover.exec(comment.value)?.[1];
    const sentence = `${word} left: finish it, or leave it out; what is not built yet is absent`;
    return word === undefined ? [] : [fault(source, comment.start, 'left for later', sentence)];
  });
}

function hidingFaults(source: Source): Fault[] {
  return source.nodes.flatMap(({ node }) => {
    if (node.type === 'CatchClause' && isEmptyBlock(node.body)) {
      return [silent(source, node)];
    }
    if (node.type === 'CallExpression' && isCatchCall(node)) return [silent(source, node)];
    if (node.type === 'TSAsExpression' && isAny(node.typeAnnotation)) {
      const sentence = '`as any` switches the compiler off: name the shape, or narrow `unknown`';
      return [fault(source, node.start, 'as any', sentence)];
    }
    if (node.type === 'MemberExpression' && isSkipped(node)) {
      const sentence =
        'a test that is skipped, or alone, shows nothing: mend it or remove it (skipIf may stand ' +
        'where the machine lacks something)';
      return [fault(source, node.start, 'skipped test', sentence)];
    }
    return [];
  });
}

function silent(source: Source, node: SyntaxNode): Fault {
  const sentence =
    'a failure is swallowed: let it rise, turn it into a refusal with a code, or say what is done instead';
  return fault(source, node.start, 'silent catch', sentence);
}

function isEmptyBlock(node: unknown): boolean {
  const block = node as SyntaxNode | undefined;
  return block?.type === 'BlockStatement' && (block.body as unknown[]).length === 0;
}

function isCatchCall(node: SyntaxNode): boolean {
  const callee = node.callee as SyntaxNode;
  if (callee.type !== 'MemberExpression') return false;
  if ((callee.property as SyntaxNode).name !== 'catch') return false;
  return isEmptyBlock((node.arguments as SyntaxNode[])[0]?.body);
}

function isAny(node: unknown): boolean {
  return (node as SyntaxNode).type === 'TSAnyKeyword';
}

function isSkipped(node: SyntaxNode): boolean {
  const object = (node.object as SyntaxNode).name;
  const property = (node.property as SyntaxNode).name;
  const runners = ['test', 'it', 'describe'];
  return (
    runners.includes(String(object)) && ['skip', 'todo', 'only', 'fails'].includes(String(property))
  );
}

const statement =
  /^\s*(select\s[\s\S]+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s)/i;

/** SQL above the store; tests may look into the tables. */
function sqlFaults(source: Source): Fault[] {
  const room = rooms.find(({ name }) => name === roomOf(source.path));
  if (room === undefined || room.name === 'store' || isTest(source.path)) return [];
  return source.nodes.flatMap(({ node }) => {
    const value =
      node.type === 'TemplateElement' ? (node.value as { raw: string }).raw : node.value;
    if (typeof value !== 'string' || !statement.test(value)) return [];
    const sentence = `SQL in src/${room.name}: statements stand in src/store, one file per group of tables`;
    return [fault(source, node.start, 'SQL outside the store', sentence)];
  });
}

/** A function that other files may call says what it means. */
function docstringFaults(source: Source): Fault[] {
  if (!source.path.startsWith('src/') || isTest(source.path)) return [];
  const documented = source.comments
    .filter(({ value }) => value.startsWith('*'))
    .map(({ end }) => source.text.slice(end).search(/\S/) + end);
  return source.nodes.flatMap(({ node }) => {
    const declared = node.declaration as SyntaxNode | null | undefined;
    if (node.type !== 'ExportNamedDeclaration' || declared?.type !== 'FunctionDeclaration') {
      return [];
    }
    if (documented.includes(node.start)) return [];
    const name = (declared.id as SyntaxNode).name;
    const sentence = `${name} is public and says nothing: meaning, units, refusals, source of its rule`;
    return [fault(source, node.start, 'public function without docstring', sentence)];
  });
}
