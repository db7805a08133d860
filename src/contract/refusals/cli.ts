import type { RefusalTable } from './table.ts';

/** Refusals of the program itself: its settings, its start, its commands. */
export const cliRefusals = {
  setting_unknown: {
    'zh-CN': '不认识的设置 {name}。以 HUILIU_ 开头的变量只有 HUILIU_DATA。',
    en: 'Unknown setting {name}. The only variable that begins with HUILIU_ is HUILIU_DATA.',
  },
  setting_invalid: {
    'zh-CN': '设置 {name} 的值不合规，应为：{wanted}。',
    en: 'The setting {name} does not fit; it is {wanted}.',
  },
  embedded_database_in_production: {
    'zh-CN':
      '生产环境（--profile production）不使用内置数据库。请设置 DATABASE_URL（角色 huiliu_app）。',
    en: 'Production (--profile production) does not use the embedded database. Set DATABASE_URL (role huiliu_app).',
  },
  database_not_migrated: {
    'zh-CN': '数据库缺少迁移 {file}。请设置 DATABASE_OWNER_URL 以便启动时升级，或由管理员升级。',
    en: 'The database lacks the migration {file}. Set DATABASE_OWNER_URL so that the start migrates it, or let an administrator do so.',
  },
  data_folder_in_use: {
    'zh-CN':
      '数据目录 {folder} 正由进程 {pid} 使用（{address}）。请先停止它，或将 DATA_DIR 设为其他目录。',
    en: 'The data folder {folder} is in use by process {pid} ({address}). Stop that one first, or set DATA_DIR to another folder.',
  },
  port_taken: {
    'zh-CN': '端口 {port}（{host}）已被占用。请停止占用它的程序，或将 PORT 设为其他端口。',
    en: 'The port {port} on {host} is taken. Stop what uses it, or set PORT to another.',
  },
  console_did_not_build: {
    'zh-CN': '控制台未能构建：{problem}',
    en: 'The console did not build: {problem}',
  },
  login_unknown_here: {
    'zh-CN': '没有登录名 {login}。',
    en: 'There is no login {login}.',
  },
  file_not_readable: {
    'zh-CN': '无法读取文件 {file}。',
    en: 'The file {file} cannot be read.',
  },
} as const satisfies RefusalTable;
