-- not breaking
-- A salary order (代发工资) taken at the counter waits for a second person before anything is paid.
-- status: of the order as a whole; each line has its own result. decided_at: ms since 1970 UTC.
alter table salary_batch
  add column status text not null default 'authorised'
    check (status in ('waiting', 'authorised', 'declined')),
  add column decided_at bigint;
alter table salary_batch alter column authoriser_login drop not null;
alter table salary_batch
  add check ((status = 'waiting') = (authoriser_login is null));
create index salary_batch_time on salary_batch (cell_id, taken_at desc, batch_id desc);
create index salary_line_waiting on salary_line (cell_id, batch_id) where status = 'waiting';

grant update (status, authoriser_login, decided_at) on salary_batch to huiliu_app;
