/**
 * A large log as CSV, the same on every run: cases of 20 to 55 events out of 24 activities, 3,000
 * of them open at a time, in the order of time, as a system writes them while it works. 115 bytes a
 * row.
 */
export function* csvLog(events: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const activities = Array.from({ length: 24 }, (_, i) => `W_${names[i % names.length]} ${i}`);
  let state = 1;
  const chance = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  const open: { number: number; left: number }[] = [];
  let atMs = Date.UTC(2016, 0, 1);
  let cases = 0;
  const begin = () => ({ number: cases++, left: 20 + chance(36) });
  let rows = ['case_id,activity,timestamp,resource,lifecycle,amount,goal,event_id\n'];
  for (let i = 0; i < events; i++) {
    atMs += 1 + chance(50);
    if (open.length < 3_000) open.push(begin());
    const k = open.length < 3_000 ? open.length - 1 : chance(open.length);
    const one = open[k]!;
    const activity = activities[(one.left * 7 + chance(3)) % activities.length];
    const at = new Date(atMs).toISOString();
    const goal = goals[one.number % goals.length];
    rows.push(
      `Application_${652_823_628 + one.number},${activity},${at},User_${chance(149)},complete,${5_000 + (one.number % 40_000)},${goal},${i}\n`,
    );
    one.left--;
    if (one.left === 0) open[k] = begin();
    if (rows.length < 4_000) continue;
    yield encoder.encode(rows.join(''));
    rows = [];
  }
  yield encoder.encode(rows.join(''));
}

const names = ['Complete application', 'Call after offers', 'Validate', 'Handle leads', 'Assess'];
const goals = ['Home improvement', 'Car', 'Existing loan takeover', '"Other, see remarks"'];
