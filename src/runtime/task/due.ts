/** The bank keeps its days in China Standard Time. */
const bankZone = 'Asia/Shanghai';

/** True for an ISO 8601 duration above zero, such as P2D or PT4H. */
export function isDuration(text: string): boolean {
  try {
    return Temporal.Duration.from(text).sign === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * When something is due that begins at `at` and may take `duration`: days, months and years by the
 * bank's calendar, hours and minutes by the clock. ms since epoch, UTC.
 */
export function dueAfter(at: number, duration: string): number {
  const begin = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(bankZone);
  return begin.add(Temporal.Duration.from(duration)).epochMilliseconds;
}
