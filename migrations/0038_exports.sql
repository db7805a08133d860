-- not breaking
-- Tables that left the bank as files (导出登记): who took what, by which filter, how many rows, and
-- the SHA-256 of the file, which tells whether a file found somewhere is the one. Rows are added and
-- never changed. exported_at: milliseconds since 1970 UTC.
create table export_record (
  cell_id smallint not null,
  export_id uuid not null,
  exported_at bigint not null,
  login text not null,
  person text not null,
  unit_code text,
  export_table text not null,
  format text not null check (format in ('csv', 'xlsx')),
  filter jsonb not null,
  row_count integer not null check (row_count >= 0),
  content_hash bytea not null check (length(content_hash) = 32),
  primary key (cell_id, export_id)
);
create index export_record_time on export_record (cell_id, exported_at desc, export_id desc);

grant select, insert on export_record to huiliu_app;
