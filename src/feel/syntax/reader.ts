import type { FeelType } from '../value/type.ts';
import type { SyntaxCode, Token } from './lexer.ts';
import type { NameTable } from './names.ts';

/** What a text may refer to beyond its own words. */
export type Vocabulary = {
  /** Names in scope, needed only for those with signs or operator words in them. */
  readonly names: NameTable;
  /** A model's own type by its name, or null. */
  readonly typeNamed: (name: string) => FeelType | null;
  readonly typeNames: NameTable;
};

/** Thrown inside the parser and caught at its entrance. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
  readonly code: SyntaxCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: SyntaxCode, facts: Readonly<Record<string, string>>) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

/** A place in a row of tokens. */
export class Reader {
  readonly tokens: readonly Token[];
  readonly vocabulary: Vocabulary;
  position = 0;
  /** Types within types at this place. */
  typeDepth = 0;

  constructor(tokens: readonly Token[], vocabulary: Vocabulary) {
    this.tokens = tokens;
    this.vocabulary = vocabulary;
  }

  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)];
    return token ?? { kind: 'end', text: '', at: 0, end: 0, spaced: false };
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'symbol' || token.kind === 'word');
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.position += 1;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail();
  }

  fail(): never {
    const { at, text, kind } = this.peek();
    throw new SyntaxFault('feel_syntax', {
      at: String(at),
      found: kind === 'end' ? 'the end' : text.slice(0, 40),
    });
  }
}
