import { parseNumeric } from '../../base/decimal.ts';
import { parseTemporal } from '../value/temporal.ts';
import type { RangeForm } from '../value/value.ts';
import {
  type Arithmetic,
  type Binding,
  type Comparison,
  type Expression,
  HEIGHT_MAX,
  node,
  type UnaryTests,
  type WrittenParameter,
} from './ast.ts';
import { isFilter, isNamedArgument } from './lookahead.ts';
import { isReserved, NameTable, normalName, spelled, wordRun } from './names.ts';
import { parseType } from './parse-type.ts';
import { type Reader, SyntaxFault } from './reader.ts';

/** Variables of one `for`, `some` or `every`. */
const BINDINGS_MAX = 50;

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const PRECEDENCE: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '**': 3 };

/** Reads one text. Precedence from `or` down to a name, as DMN 1.5, table 40 gives it. */
export class Parser {
  readonly #reader: Reader;
  #depth = 0;
  #names: NameTable;

  constructor(reader: Reader) {
    this.#reader = reader;
    this.#names = reader.vocabulary.names;
  }

  #nested<T>(work: () => T): T {
    this.#depth += 1;
    if (this.#depth > HEIGHT_MAX) this.#tooDeep();
    const result = work();
    this.#depth -= 1;
    return result;
  }

  #tooDeep(): never {
    throw new SyntaxFault('feel_text_too_deep', { depthMax: String(HEIGHT_MAX) });
  }

  #checked(expression: Expression): Expression {
    if (expression.height > HEIGHT_MAX) this.#tooDeep();
    return expression;
  }

  /** Parses `work` in a scope of its own, to which it may add names. */
  #inside<T>(work: (names: NameTable) => T): T {
    const before = this.#names;
    const names = new NameTable([], before);
    this.#names = names;
    const result = work(names);
    this.#names = before;
    return result;
  }

  expression(): Expression {
    return this.#nested(() => {
      switch (this.#reader.peek().kind === 'word' ? this.#reader.peek().text : '') {
        case 'for':
          return this.#iteration('for', 'return');
        case 'some':
          return this.#iteration('some', 'satisfies');
        case 'every':
          return this.#iteration('every', 'satisfies');
        case 'if':
          return this.#conditional();
        case 'function':
          return this.#isFunctionDefinition() ? this.#functionDefinition() : this.#disjunction();
        default:
          return this.#disjunction();
      }
    });
  }

  #isFunctionDefinition(): boolean {
    return this.#reader.is('(', 1);
  }

  #conditional(): Expression {
    const { at } = this.#reader.peek();
    this.#reader.expect('if');
    const condition = this.expression();
    this.#reader.expect('then');
    const consequence = this.expression();
    this.#reader.expect('else');
    const otherwise = this.expression();
    return node(at, [condition, consequence, otherwise], {
      kind: 'if',
      condition,
      consequence,
      otherwise,
    });
  }

  /** A name being declared: every token up to one of `stops`. */
  #declared(...stops: string[]): string {
    const from = this.#reader.position;
    while (!stops.some((stop) => this.#reader.is(stop))) {
      if (this.#reader.peek().kind === 'end' || this.#reader.peek().kind === 'string')
        this.#reader.fail();
      this.#reader.position += 1;
    }
    if (from === this.#reader.position || this.#reader.tokens[from]?.kind === 'number')
      this.#reader.fail();
    return normalName(spelled(this.#reader.tokens, from, this.#reader.position));
  }

  #iteration(word: 'for' | 'some' | 'every', last: string): Expression {
    const { at } = this.#reader.peek();
    this.#reader.expect(word);
    const bindings: Binding[] = [];
    const body = this.#inside((names) => {
      do {
        if (bindings.length >= BINDINGS_MAX) this.#tooDeep();
        const name = this.#declared('in');
        this.#reader.expect('in');
        const source = this.expression();
        const end = this.#reader.take('..') ? this.expression() : null;
        bindings.push({ name, source, end });
        names.add(name);
      } while (this.#reader.take(','));
      this.#reader.expect(last);
      return this.expression();
    });
    const parts = [body, ...bindings.flatMap((b) => (b.end ? [b.source, b.end] : [b.source]))];
    return word === 'for'
      ? node(at, parts, { kind: 'for', bindings, body })
      : node(at, parts, { kind: 'quantified', quantifier: word, bindings, body });
  }

  #functionDefinition(): Expression {
    const { at } = this.#reader.peek();
    this.#reader.expect('function');
    this.#reader.expect('(');
    const parameters: WrittenParameter[] = [];
    while (!this.#reader.is(')')) {
      if (parameters.length > 0) this.#reader.expect(',');
      const name = this.#declared(':', ',', ')');
      parameters.push({ name, type: this.#reader.take(':') ? parseType(this.#reader) : null });
    }
    this.#reader.expect(')');
    if (this.#reader.take('external')) {
      this.expression();
      return node(at, [], { kind: 'function', parameters, body: null });
    }
    const body = this.#inside((names) => {
      for (const { name } of parameters) names.add(name);
      return this.expression();
    });
    return node(at, [body], { kind: 'function', parameters, body });
  }

  #disjunction(): Expression {
    let left = this.#conjunction();
    while (this.#reader.is('or')) {
      const { at } = this.#reader.peek();
      this.#reader.position += 1;
      const right = this.#conjunction();
      left = this.#checked(node(at, [left, right], { kind: 'logic', operator: 'or', left, right }));
    }
    return left;
  }

  #conjunction(): Expression {
    let left = this.#comparison();
    while (this.#reader.is('and')) {
      const { at } = this.#reader.peek();
      this.#reader.position += 1;
      const right = this.#comparison();
      left = this.#checked(
        node(at, [left, right], { kind: 'logic', operator: 'and', left, right }),
      );
    }
    return left;
  }

  #comparison(): Expression {
    let left = this.additive(1);
    for (;;) {
      const { at, text, kind } = this.#reader.peek();
      if (kind === 'symbol' && COMPARISONS.has(text)) {
        this.#reader.position += 1;
        const operator = text as Comparison;
        const right = this.additive(1);
        left = node(at, [left, right], { kind: 'comparison', operator, left, right });
      } else if (this.#reader.is('between')) {
        this.#reader.position += 1;
        const low = this.additive(1);
        this.#reader.expect('and');
        const high = this.additive(1);
        left = node(at, [left, low, high], { kind: 'between', value: left, low, high });
      } else if (this.#reader.is('in')) {
        this.#reader.position += 1;
        const tests = this.#inTests();
        left = node(at, [left, ...tests], { kind: 'in', value: left, tests });
      } else return left;
      this.#checked(left);
    }
  }

  /** After `in`: one test, or several in parentheses. */
  #inTests(): readonly Expression[] {
    const { at } = this.#reader.peek();
    if (!this.#reader.take('(')) return [this.#test()];
    const first = this.#nested(() => this.#test());
    if (this.#reader.is(',')) {
      const tests = [first];
      while (this.#reader.take(',')) tests.push(this.#test());
      this.#reader.expect(')');
      return tests;
    }
    let only = first;
    if (this.#reader.take('..')) only = this.#rangeFrom(at, false, first);
    else this.#reader.expect(')');
    // `(1 + 2) * 3` begins like a list of tests but is one expression.
    return [this.#additiveFrom(this.#postfixFrom(only), 1)];
  }

  #tests(): readonly Expression[] {
    const tests = [this.#test()];
    while (this.#reader.take(',')) tests.push(this.#test());
    return tests;
  }

  #test(): Expression {
    const { at, text, kind } = this.#reader.peek();
    if (kind === 'symbol' && COMPARISONS.has(text)) {
      this.#reader.position += 1;
      const operand = this.additive(1);
      return node(at, [operand], { kind: 'test', form: text as RangeForm, operand });
    }
    return this.expression();
  }

  additive(minimum: number): Expression {
    return this.#additiveFrom(this.#unary(), minimum);
  }

  #additiveFrom(first: Expression, minimum: number): Expression {
    let left = first;
    for (;;) {
      const { at, text, kind } = this.#reader.peek();
      const precedence = kind === 'symbol' ? (PRECEDENCE[text] ?? 0) : 0;
      if (precedence < minimum) return left;
      this.#reader.position += 1;
      const operator = text as Arithmetic;
      const right = this.additive(precedence + 1);
      left = this.#checked(node(at, [left, right], { kind: 'arithmetic', operator, left, right }));
    }
  }

  #unary(): Expression {
    const { at } = this.#reader.peek();
    if (this.#reader.take('-')) {
      return this.#nested(() => {
        const operand = this.#unary();
        return node(at, [operand], { kind: 'negate', operand });
      });
    }
    let value = this.#postfix();
    while (this.#reader.is('instance') && this.#reader.is('of', 1)) {
      this.#reader.position += 2;
      const type = parseType(this.#reader);
      value = node(at, [value], { kind: 'instance', value, type });
    }
    return value;
  }

  #postfix(): Expression {
    return this.#postfixFrom(this.#primary());
  }

  #postfixFrom(first: Expression): Expression {
    let source = first;
    for (;;) {
      const { at } = this.#reader.peek();
      if (this.#reader.take('.')) {
        source = node(at, [source], { kind: 'path', source, name: this.#member() });
      } else if (this.#reader.is('[') && isFilter(this.#reader)) {
        this.#reader.expect('[');
        const condition = this.expression();
        this.#reader.expect(']');
        source = node(at, [source, condition], { kind: 'filter', source, condition });
      } else if (this.#reader.is('(')) {
        source = this.#call(source);
      } else return source;
      this.#checked(source);
    }
  }

  #member(): string {
    if (this.#reader.peek().kind !== 'word') this.#reader.fail();
    const declared = this.#names.longest(this.#reader.tokens, this.#reader.position);
    const length = Math.max(
      declared?.length ?? 0,
      wordRun(this.#reader.tokens, this.#reader.position),
    );
    const name = normalName(
      spelled(this.#reader.tokens, this.#reader.position, this.#reader.position + length),
    );
    this.#reader.position += length;
    return name;
  }

  #call(callee: Expression): Expression {
    const { at } = this.#reader.peek();
    this.#reader.expect('(');
    const args: Expression[] = [];
    const names: string[] = [];
    while (!this.#reader.is(')')) {
      if (args.length > 0) this.#reader.expect(',');
      if (isNamedArgument(this.#reader)) {
        names.push(this.#declared(':'));
        this.#reader.expect(':');
      }
      args.push(this.#test());
    }
    this.#reader.expect(')');
    if (names.length > 0 && names.length !== args.length) this.#reader.fail();
    return node(at, [callee, ...args], {
      kind: 'call',
      callee,
      args,
      names: names.length > 0 ? names : null,
    });
  }

  #primary(): Expression {
    const token = this.#reader.peek();
    const { at, text } = token;
    switch (token.kind) {
      case 'number': {
        this.#reader.position += 1;
        const value = parseNumeric(text);
        if (value === null) throw new SyntaxFault('feel_syntax', { at: String(at), found: text });
        return node(at, [], { kind: 'literal', value });
      }
      case 'string':
        this.#reader.position += 1;
        return node(at, [], { kind: 'literal', value: text });
      case 'word':
        return this.#word();
      case 'symbol':
        return this.#symbol();
      default:
        return this.#reader.fail();
    }
  }

  #word(): Expression {
    const { at, text } = this.#reader.peek();
    const declared = this.#names.longest(this.#reader.tokens, this.#reader.position);
    const length = Math.max(
      declared?.length ?? 0,
      wordRun(this.#reader.tokens, this.#reader.position),
    );
    if (length === 1 && isReserved(text)) {
      this.#reader.position += 1;
      if (text === 'null') return node(at, [], { kind: 'literal', value: null });
      if (text === 'true') return node(at, [], { kind: 'literal', value: true });
      if (text === 'false') return node(at, [], { kind: 'literal', value: false });
      this.#reader.position -= 1;
      if (text === 'if' || text === 'for' || text === 'some' || text === 'every') {
        return this.expression();
      }
      if (text === 'function' && this.#isFunctionDefinition()) return this.#functionDefinition();
      return this.#reader.fail();
    }
    if (isReserved(text) && (declared?.length ?? 0) < length) return this.#keyword();
    const name = normalName(
      spelled(this.#reader.tokens, this.#reader.position, this.#reader.position + length),
    );
    this.#reader.position += length;
    return node(at, [], { kind: 'name', name });
  }

  /** A reserved word followed by further words: `if x`, `some y in`, never part of a name. */
  #keyword(): Expression {
    const { text } = this.#reader.peek();
    if (text === 'if' || text === 'for' || text === 'some' || text === 'every') {
      return this.expression();
    }
    return this.#reader.fail();
  }

  #symbol(): Expression {
    const { at, text } = this.#reader.peek();
    switch (text) {
      case '@': {
        this.#reader.position += 1;
        const literal = this.#reader.peek();
        if (literal.kind !== 'string') this.#reader.fail();
        this.#reader.position += 1;
        // A text that is no date, time or duration is null when it runs, not a syntax error.
        const value = parseTemporal(literal.text);
        return node(at, [], { kind: 'literal', value });
      }
      case '(':
      case '[':
      case ']':
        return this.#bracket();
      case '{':
        return this.#context();
      default:
        return this.#reader.fail();
    }
  }

  /** `(x)`, `(< 10)`, a range of either bracket, or a list. */
  #bracket(): Expression {
    const { at, text } = this.#reader.peek();
    this.#reader.position += 1;
    if (text === '[' && this.#reader.take(']')) return node(at, [], { kind: 'list', items: [] });
    return this.#nested(() => {
      const first = this.#test();
      if (this.#reader.take('..')) return this.#rangeFrom(at, text === '[', first);
      if (text === '(') {
        this.#reader.expect(')');
        return first;
      }
      if (text === ']') return this.#reader.fail();
      const items = [first];
      while (this.#reader.take(',')) items.push(this.#test());
      this.#reader.expect(']');
      return node(at, items, { kind: 'list', items });
    });
  }

  #rangeFrom(at: number, startIncluded: boolean, start: Expression): Expression {
    const end = this.expression();
    const endIncluded = this.#reader.take(']');
    if (!endIncluded && !this.#reader.take(')')) this.#reader.expect('[');
    return node(at, [start, end], { kind: 'range', startIncluded, start, end, endIncluded });
  }

  #context(): Expression {
    const { at } = this.#reader.peek();
    this.#reader.expect('{');
    const entries: { name: string; value: Expression }[] = [];
    this.#nested(() =>
      this.#inside((names) => {
        while (!this.#reader.take('}')) {
          if (entries.length > 0) this.#reader.expect(',');
          const name = this.#key();
          this.#reader.expect(':');
          entries.push({ name, value: this.expression() });
          names.add(name);
        }
      }),
    );
    const values = entries.map((entry) => entry.value);
    return node(at, values, { kind: 'context', entries });
  }

  #key(): string {
    const token = this.#reader.peek();
    if (token.kind !== 'string') return this.#declared(':');
    this.#reader.position += 1;
    return token.text;
  }

  /** The content of one cell: `-`, `not(…)`, or tests with commas between them. */
  unaryTests(): UnaryTests {
    if (this.#reader.is('-') && this.#reader.peek(1).kind === 'end') {
      this.#reader.position += 1;
      return { anything: true, negated: false, tests: [] };
    }
    if (this.#reader.is('not') && this.#reader.is('(', 1)) {
      const start = this.#reader.position;
      this.#reader.position += 2;
      const tests = this.#tests();
      if (this.#reader.take(')') && this.#reader.peek().kind === 'end') {
        return { anything: false, negated: true, tests };
      }
      this.#reader.position = start;
    }
    return { anything: false, negated: false, tests: this.#tests() };
  }
}
