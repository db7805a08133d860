import type { RefusalTable } from './table.ts';

/** Refusals of feel: texts that are no expression, limits, and why a value is null. */
export const feelRefusals = {
  feel_syntax: {
    'zh-CN': '表达式有误：第 {at} 个字符处不应出现“{found}”。',
    en: 'The expression cannot be read: {found} is not expected at character {at}.',
  },
  feel_text_too_long: {
    'zh-CN': '表达式过长，最多 {lengthMax} 个字符。',
    en: 'The expression is longer than {lengthMax} characters.',
  },
  feel_text_too_deep: {
    'zh-CN': '表达式嵌套过深，最多 {depthMax} 层。',
    en: 'The expression is nested deeper than {depthMax} levels.',
  },
  feel_fuel_exhausted: {
    'zh-CN': '表达式计算量过大，已停止（上限 {fuelMax} 步）。',
    en: 'The expression was stopped: it needs more than {fuelMax} steps.',
  },
  feel_too_deep: {
    'zh-CN': '表达式调用层数过深，已停止（上限 {depthMax} 层）。',
    en: 'The expression was stopped: it calls deeper than {depthMax} levels.',
  },
  feel_too_large: {
    'zh-CN': '表达式产生的列表或文字过大，已停止（上限 {lengthMax}）。',
    en: 'The expression was stopped: a list or text would be longer than {lengthMax}.',
  },
  feel_name_unknown: {
    'zh-CN': '没有名为“{name}”的数据。',
    en: 'There is nothing called {name}.',
  },
  feel_member_unknown: {
    'zh-CN': '{found} 没有名为“{name}”的成员。',
    en: 'A {found} has no member {name}.',
  },
  feel_operand_type: {
    'zh-CN': '“{operator}”不能用于 {left} 与 {right}。',
    en: 'The operator {operator} does not take {left} and {right}.',
  },
  feel_not_comparable: {
    'zh-CN': '“{operator}”无法比较 {left} 与 {right}。',
    en: 'The comparison {operator} does not hold between {left} and {right}.',
  },
  feel_not_a_boolean: {
    'zh-CN': '此处应为 true 或 false，实际为 {found}。',
    en: 'True or false is wanted here, not {found}.',
  },
  feel_not_a_function: {
    'zh-CN': '“{found}”不是函数，不能调用。',
    en: 'What is called here is not a function: {found}.',
  },
  feel_external_function: {
    'zh-CN': '不执行外部函数。',
    en: 'External functions are not run.',
  },
  feel_argument_missing: {
    'zh-CN': '函数“{function}”不接受 {given} 个参数。',
    en: 'The function {function} does not take {given} arguments.',
  },
  feel_argument_unknown: {
    'zh-CN': '函数“{function}”没有这组参数：{given}。',
    en: 'The function {function} does not take arguments of these names: {given}.',
  },
  feel_argument_type: {
    'zh-CN': '函数“{function}”的参数“{parameter}”应为 {type}，实际为 {found}。',
    en: 'The argument {parameter} of {function} must be a {type}, not {found}.',
  },
  feel_argument_out_of_range: {
    'zh-CN': '函数“{function}”的参数“{parameter}”取值不当（{found}）。',
    en: 'The function {function} cannot use its argument {parameter} (a {found}).',
  },
  feel_text_not_a_value: {
    'zh-CN': '函数“{function}”无法识别文字“{text}”。',
    en: 'The function {function} cannot read the text {text}.',
  },
  feel_pattern_invalid: {
    'zh-CN': '正则表达式“{pattern}”（标志“{flags}”）有误。',
    en: 'The pattern {pattern} with the flags {flags} cannot be read.',
  },
  feel_index_out_of_range: {
    'zh-CN': '列表共 {length} 项，没有第 {index} 项。',
    en: 'The list has {length} elements and none at {index}.',
  },
  feel_context_key_duplicate: {
    'zh-CN': '名称“{name}”重复。',
    en: 'The name {name} stands twice.',
  },
  feel_division_by_zero: {
    'zh-CN': '除数为零。',
    en: 'Division by zero.',
  },
  feel_number_too_large: {
    'zh-CN': '计算结果超出数值范围。',
    en: 'The result is beyond the range of numbers.',
  },
  feel_type_mismatch: {
    'zh-CN': '应为 {type} 类型，实际为 {found}。',
    en: 'A {type} is wanted, but this is a {found}.',
  },
  feel_clock_not_given: {
    'zh-CN': '未提供当前时间，不能使用 now() 或 today()。',
    en: 'No moment was given, so now() and today() are not known.',
  },
  feel_value_not_portable: {
    'zh-CN': '结果中含有函数或嵌套过深，不能作为数据返回。',
    en: 'The result holds a function or is nested too deep, so it cannot leave as data.',
  },
} as const satisfies RefusalTable;
