/** The bank keeps its days in China Standard Time, UTC+8 without summer time since 1992. */
const bankOffsetMs = 8 * 3_600_000;

/** The calendar day an instant falls on at the bank, 'YYYY-MM-DD'. `at`: ms since epoch, UTC. */
export function bankDate(at: number): string {
  return new Date(at + bankOffsetMs).toISOString().slice(0, 10);
}
