-- not breaking
-- What a paper of a case says: the bytes whose hash stands in document, and the name its file had.
-- Personal data; kept apart, so that it can be deleted when its time has come and the hash remains.

create table document_content (
  cell_id smallint not null,
  document_id uuid not null,
  version integer not null check (version > 0),
  title text not null check (length(title) between 1 and 200),
  content bytea not null,
  primary key (cell_id, document_id, version)
);

grant select, insert on document_content to huiliu_app;
