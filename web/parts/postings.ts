/** The lines of each posting, in the order in which the postings were made. */
export function byPosting<Line extends { readonly postingNumber: string }>(
  lines: readonly Line[],
): readonly (readonly Line[])[] {
  return [...Map.groupBy(lines, (line) => line.postingNumber).values()];
}
