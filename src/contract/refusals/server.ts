import type { RefusalTable } from './table.ts';

/** Refusals of the HTTP shell: sessions, rights, shape and size of requests. */
export const serverRefusals = {
  sign_in_refused: {
    'zh-CN': '用户名或密码不正确。请核对后重新登录。',
    en: 'The login or the password is not correct. Check both and sign in again.',
  },
  login_locked: {
    'zh-CN': '连续登录失败次数过多，该用户已锁定，请在{minutes}分钟后再试，或请管理员解锁。',
    en: 'Too many failed sign-ins: this login is locked. Try again in {minutes} minutes or ask the administrator to unlock it.',
  },
  too_many_sign_ins: {
    'zh-CN': '登录请求过于频繁，请在{seconds}秒后再试。',
    en: 'Too many sign-in attempts from this terminal. Try again in {seconds} seconds.',
  },
  not_signed_in: {
    'zh-CN': '您尚未登录，或登录已超时。请重新登录后继续。',
    en: 'You are not signed in, or the session has ended. Sign in and go on.',
  },
  origin_not_allowed: {
    'zh-CN': '请求不是从本系统页面发出的，未予办理。请从系统页面重新操作。',
    en: 'The request did not come from a page of this system and was not carried out.',
  },
  not_permitted: {
    'zh-CN': '您的岗位没有办理此事的系统权限。如确有需要，请联系管理员。',
    en: 'Your position does not carry the permission for this. Ask the administrator if it should.',
  },
  not_found: {
    'zh-CN': '没有找到，或不在您的数据范围内。请核对编号。',
    en: 'Nothing was found under this number within what you may see. Check the number.',
  },
  route_not_found: {
    'zh-CN': '没有这个接口地址：{path}。接口清单见 /openapi.json。',
    en: 'There is no such address: {path}. All addresses stand in /openapi.json.',
  },
  request_not_valid: {
    'zh-CN': '提交内容不符合要求：{field}（{rule}）。请更正后重新提交。',
    en: 'The request does not have the required shape at {field} ({rule}). Correct it and send again.',
  },
  json_not_valid: {
    'zh-CN': '提交内容不是有效的 JSON。',
    en: 'The body is not valid JSON.',
  },
  media_type_not_supported: {
    'zh-CN': '不支持的内容类型，请使用 application/json。',
    en: 'This media type is not supported; send application/json.',
  },
  body_too_large: {
    'zh-CN': '提交内容超过上限（{bytesMax} 字节）。',
    en: 'The body is larger than the limit of {bytesMax} bytes.',
  },
  idempotency_key_not_valid: {
    'zh-CN': '防重键不是有效的 UUIDv7。',
    en: 'The Idempotency-Key is not a UUIDv7.',
  },
  idempotency_key_used_otherwise: {
    'zh-CN': '该防重键已用于另一项提交，请换用新的防重键。',
    en: 'This idempotency key was used for another request before. Use a new key.',
  },
  too_many_streams: {
    'zh-CN': '同一用户打开的实时连接过多（上限 {streamsMax} 个），请关闭多余的页面。',
    en: 'Too many live connections for one user (at most {streamsMax}). Close pages you do not need.',
  },
  internal_error: {
    'zh-CN': '系统内部错误，本次操作未办理。请将参考号 {reference} 告知技术人员。',
    en: 'An error inside the system; nothing was done. Give the reference {reference} to support.',
  },
  login_not_valid: {
    'zh-CN': '登录名须为 3 至 64 位小写字母、数字、点、下划线或连字符。',
    en: 'A login has 3 to 64 lower-case letters, digits, dots, underscores or hyphens.',
  },
  login_taken: {
    'zh-CN': '登录名 {login} 已被使用，请换一个。',
    en: 'The login {login} is taken. Choose another.',
  },
  password_too_short: {
    'zh-CN': '密码至少 {charactersMin} 个字符。',
    en: 'A password has at least {charactersMin} characters.',
  },
  password_too_long: {
    'zh-CN': '密码至多 {charactersMax} 个字符。',
    en: 'A password has at most {charactersMax} characters.',
  },
  unit_unknown: {
    'zh-CN': '没有机构 {unit}，或该机构在所述日期无效。',
    en: 'There is no unit {unit} in force on that date.',
  },
  unit_exists: {
    'zh-CN': '机构 {unit} 已存在。',
    en: 'The unit {unit} exists already.',
  },
  unit_parent_not_allowed: {
    'zh-CN': '{kind} 类机构不能设在 {parentKind} 之下。',
    en: 'A unit of kind {kind} cannot stand under one of kind {parentKind}.',
  },
  employee_unknown: {
    'zh-CN': '没有工号为 {employee} 的员工。',
    en: 'There is no employee with number {employee}.',
  },
  employee_exists: {
    'zh-CN': '工号 {employee} 已存在。',
    en: 'The employee number {employee} exists already.',
  },
  role_unknown: {
    'zh-CN': '没有角色 {role}。',
    en: 'There is no role {role}.',
  },
  roles_in_conflict: {
    'zh-CN': '角色 {role} 与已有角色 {held} 不相容，不能由同一人担任。',
    en: 'The role {role} cannot be held together with {held} by one person.',
  },
  customer_unknown: {
    'zh-CN': '没有客户号 {customer}。',
    en: 'There is no customer with number {customer}.',
  },
  customer_exists: {
    'zh-CN': '该证件号码已登记为客户 {customer}。',
    en: 'This identity number is registered already as customer {customer}.',
  },
  identity_number_not_valid: {
    'zh-CN': '证件号码校验不通过。',
    en: 'The identity number does not pass its check digit.',
  },
  already_signed_on: {
    'zh-CN': '您今日已签到（机构 {unit}），请先签退。',
    en: 'You are signed on already at unit {unit}. Sign off first.',
  },
  message_value_not_allowed: {
    'zh-CN': '该消息不能带有“{field}”，本笔业务的数据只能通过相应环节的表单填写。',
    en: 'This message may not bring {field}: the data of a case are filled in with the forms of its steps.',
  },
  export_too_long: {
    'zh-CN':
      '共 {rows} 行，超过一次导出的上限 {rowsMax} 行，未导出。请缩短日期或缩小范围后再导出。',
    en: 'There are {rows} rows, more than the {rowsMax} one export may have; nothing was exported. Choose fewer days or a smaller part.',
  },
  not_signed_on: {
    'zh-CN': '您尚未签到。',
    en: 'You are not signed on.',
  },
} as const satisfies RefusalTable;
