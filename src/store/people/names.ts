import type { Queries } from '../database.ts';

/** The names of the people behind some logins: login -> name. Unknown logins are left out. */
export async function namesOfLogins(
  queries: Queries,
  cellId: number,
  logins: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (logins.length === 0) return new Map();
  const rows = await queries.query<{ login: string; name: string }>(
    `select u.login, coalesce(e.name, c.name, u.login) as name
     from user_login u
     left join employee e on e.cell_id = u.cell_id and e.employee_number = u.employee_number
     left join customer c on c.cell_id = u.cell_id and c.customer_number = u.customer_number
     where u.cell_id = $1 and u.login = any($2)`,
    [cellId, [...new Set(logins)]],
    'names_of_logins',
  );
  return new Map(rows.map((row) => [row.login, row.name]));
}

/** What the roles of a cell are called, by their code. */
export async function roleNames(
  queries: Queries,
  cellId: number,
): Promise<ReadonlyMap<string, { readonly 'zh-CN': string; readonly en: string }>> {
  const rows = await queries.query<{ code: string; name: string; nameEn: string }>(
    'select role_code as code, name, name_en as "nameEn" from role where cell_id = $1',
    [cellId],
  );
  return new Map(rows.map(({ code, name, nameEn }) => [code, { 'zh-CN': name, en: nameEn }]));
}
