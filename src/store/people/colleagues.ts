import type { Queries } from '../database.ts';

/** A colleague by one login: the first of those the person has. */
export type Colleague = {
  readonly login: string;
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly roleName: string;
  readonly roleNameEn: string;
  readonly unitCode: string;
};

/**
 * Who holds one of these roles at its unit on a day, each person once, in the order of their
 * logins; `role: null` stands for any role with `permission` there.
 */
export async function colleaguesIn(
  queries: Queries,
  cellId: number,
  wanted: {
    readonly posts: readonly { readonly role: string | null; readonly unit: string }[];
    readonly permission: string;
    readonly date: string;
    readonly limit: number;
  },
): Promise<Colleague[]> {
  return await queries.query<Colleague>(
    `select * from (
       select distinct on (h.employee_number) l.login, h.employee_number as person, e.name,
         r.role_code as role, r.name as "roleName", r.name_en as "roleNameEn",
         h.unit_code as "unitCode"
       from position_holding h
         join staff_position p on p.cell_id = h.cell_id and p.position_code = h.position_code
         join role r on r.cell_id = h.cell_id and r.role_code = any(p.role_codes)
         join unnest($2::text[], $3::text[]) as w(role, unit)
           on w.unit = h.unit_code
             and (w.role = r.role_code or w.role is null and $4 = any(r.permissions))
         join user_login l on l.cell_id = h.cell_id and l.employee_number = h.employee_number
         join employee e on e.cell_id = h.cell_id and e.employee_number = h.employee_number
       where h.cell_id = $1 and h.effective_from <= $5
         and (h.effective_to is null or h.effective_to > $5)
         and l.kind = 'employee' and l.status = 'active'
       order by h.employee_number, l.login, h.is_main desc) c
     order by login limit $6`,
    [
      cellId,
      wanted.posts.map((post) => post.role),
      wanted.posts.map((post) => post.unit),
      wanted.permission,
      wanted.date,
      wanted.limit,
    ],
  );
}

/** The employee behind an active login, or null. */
export async function employeeOfLogin(
  queries: Queries,
  cellId: number,
  login: string,
): Promise<{ login: string; person: string } | null> {
  const [row] = await queries.query<{ login: string; person: string }>(
    `select login, employee_number as person from user_login
     where cell_id = $1 and login = $2 and kind = 'employee' and status = 'active'`,
    [cellId, login],
  );
  return row ?? null;
}
