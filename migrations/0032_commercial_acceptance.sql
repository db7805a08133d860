-- not breaking
-- A bill that a company accepts is a commercial acceptance (商业承兑汇票) wherever it is named.

alter table bill drop constraint bill_kind_check;
alter table bill
  add constraint bill_kind_check check (kind in ('bank_acceptance', 'commercial_acceptance'));
create index bill_event_case on bill_event (cell_id, case_number);
