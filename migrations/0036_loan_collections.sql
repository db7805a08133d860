-- not breaking
-- What is collected of a note: an instalment may be paid in parts, and late ones with penalty (罚息)
-- and compound interest (复利). Rows older than this were each one instalment, paid whole.

alter table loan_repayment
  add column penalty_minor bigint not null default 0 check (penalty_minor >= 0),
  add column compound_minor bigint not null default 0 check (compound_minor >= 0),
  -- How much of the interest had been booked as receivable (1132) and left it with this payment.
  add column receivable_minor bigint not null default 0 check (receivable_minor >= 0),
  -- Nothing of the instalment is owed any more after this payment.
  add column clears boolean not null default true,
  drop constraint loan_repayment_check,
  drop constraint loan_repayment_cell_id_note_number_instalment_number_key,
  add constraint loan_repayment_takes_something
    check (principal_minor + interest_minor + penalty_minor + compound_minor > 0);

-- An instalment is cleared once.
create unique index loan_repayment_cleared
  on loan_repayment (cell_id, note_number, instalment_number) where clears;
create index loan_repayment_note on loan_repayment (cell_id, note_number, instalment_number);
