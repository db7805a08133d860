export {
  type CompiledExpression,
  type CompiledTests,
  compileExpression,
  compileUnaryTests,
  type Evaluated,
  evaluate,
  namesOf,
  type Settings,
  test,
} from './expression.ts';
export { LIMITS, type LimitCode, type Limits, type Reason, type ReasonCode } from './run.ts';
export type { SyntaxCode } from './syntax/lexer.ts';
