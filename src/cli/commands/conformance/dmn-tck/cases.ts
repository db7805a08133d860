import { compareNumeric, isNumeric, parseNumeric, subtract } from '../../../../base/decimal.ts';
import { parseDate } from '../../../../feel/value/date.ts';
import { parseDuration } from '../../../../feel/value/duration.ts';
import { formatValue } from '../../../../feel/value/text.ts';
import { parseDateTime, parseTime } from '../../../../feel/value/time.ts';
import {
  contextOf,
  type FeelContext,
  type FeelValue,
  isContext,
  isList,
  kindOf,
} from '../../../../feel/value/value.ts';
import { childOf, parseXml, type Xml } from './xml.ts';

/** One result a case asks for. */
export type TckResult = {
  readonly decision: string;
  readonly expected: FeelValue;
  readonly error: boolean;
};

export type TckCase = {
  readonly id: string;
  readonly inputs: FeelContext;
  /** The service that is asked, or null for the decisions themselves. */
  readonly service: string | null;
  readonly results: readonly TckResult[];
};

export type TckFile = { readonly modelName: string; readonly cases: readonly TckCase[] };

function isNil(element: Xml): boolean {
  return element.attributes.get('nil') === 'true';
}

function simpleValue(element: Xml): FeelValue {
  if (isNil(element)) return null;
  const { text } = element;
  const type = (element.attributes.get('type') ?? 'string').replace(/^.*:/, '');
  switch (type) {
    case 'string':
      return text;
    case 'boolean':
      return text.trim() === 'true';
    case 'date':
      return parseDate(text.trim());
    case 'time':
      return parseTime(text.trim());
    case 'dateTime':
      return parseDateTime(text.trim());
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration':
      return parseDuration(text.trim());
    default:
      return parseNumeric(text.trim());
  }
}

function valueIn(holder: Xml | null): FeelValue {
  if (holder === null || isNil(holder)) return null;
  const list = childOf(holder, 'list');
  if (list !== null) {
    return isNil(list) ? null : list.children.filter((one) => one.name === 'item').map(valueIn);
  }
  const components = holder.children.filter((one) => one.name === 'component');
  if (components.length > 0) {
    return contextOf(components.map((one) => [one.attributes.get('name') ?? '', valueIn(one)]));
  }
  const value = childOf(holder, 'value');
  return value === null ? null : simpleValue(value);
}

function caseOf(element: Xml): TckCase {
  const parts = (name: string): Xml[] => element.children.filter((one) => one.name === name);
  const isService = element.attributes.get('type') === 'decisionService';
  return {
    id: element.attributes.get('id') ?? '',
    inputs: contextOf(
      parts('inputNode').map((one) => [one.attributes.get('name') ?? '', valueIn(one)]),
    ),
    service: isService ? (element.attributes.get('invocableName') ?? null) : null,
    results: parts('resultNode').map((one) => ({
      decision: one.attributes.get('name') ?? '',
      expected: valueIn(childOf(one, 'expected')),
      error: one.attributes.get('errorResult') === 'true',
    })),
  };
}

/** Reads a test file of the kit. */
export function readCases(text: string): TckFile {
  const root = parseXml(text);
  return {
    modelName: childOf(root, 'modelName')?.text.trim() ?? '',
    cases: root.children.filter((one) => one.name === 'testCase').map(caseOf),
  };
}

const TOLERANCE = parseNumeric('0.00000001') ?? 0n;

/** Whether a value is the one expected. */
export function isExpected(value: FeelValue, expected: FeelValue): boolean {
  if (isNumeric(value) && isNumeric(expected)) {
    const difference = subtract(value, expected) ?? 1n;
    const size = compareNumeric(difference, 0n) < 0 ? subtract(0n, difference) : difference;
    return compareNumeric(size ?? 1n, TOLERANCE) < 0;
  }
  if (isList(value) && isList(expected)) {
    return (
      value.length === expected.length &&
      value.every((one, i) => isExpected(one, expected[i] ?? null))
    );
  }
  if (isContext(value) && isContext(expected)) {
    const names = Object.keys(expected);
    return (
      names.length === Object.keys(value).length &&
      names.every(
        (name) => name in value && isExpected(value[name] ?? null, expected[name] ?? null),
      )
    );
  }
  return kindOf(value) === kindOf(expected) && formatValue(value) === formatValue(expected);
}
