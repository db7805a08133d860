-- not breaking
-- Interest of periods already settled that a back-valued posting adds or takes back, in the running
-- period so far: paid with its next settlement.
alter table deposit_accrual add column adjustment_minor bigint not null default 0;
