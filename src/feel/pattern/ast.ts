/** A run of code points, both ends included. */
export type CodeRange = { readonly low: number; readonly high: number };

/** One part of a character set: a run of code points or a Unicode category. */
export type SetPart = CodeRange | { readonly category: string; readonly negated: boolean };

export type CharacterSet = { readonly parts: readonly SetPart[]; readonly negated: boolean };

/** A regular expression of XPath and XQuery (F&O 3.1, 5.6.1), which is what DMN refers to. */
export type Pattern =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'any' }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | { readonly kind: 'group'; readonly index: number | null; readonly body: Pattern }
  | {
      readonly kind: 'repeat';
      readonly body: Pattern;
      readonly min: number;
      readonly max: number | null;
      readonly lazy: boolean;
    }
  | { readonly kind: 'back'; readonly index: number };

/** The pattern with what the flags say about it. */
export type ParsedPattern = {
  readonly root: Pattern;
  readonly groups: number;
  readonly backReferences: boolean;
  readonly flags: { readonly i: boolean; readonly s: boolean; readonly m: boolean };
};
