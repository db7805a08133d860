/**
 * The open and the known states of a shortest way through a product, in the order of (deviations,
 * silent steps): buckets instead of a queue of priorities, typed columns instead of objects, one
 * hash table that is emptied between traces by changing its stamp.
 */
export class Search {
  /** Cost of the state given last. */
  deviations = 0;
  silent = 0;
  size = 0;
  #width = 1;
  #stamp = 0;
  #slots = new Int32Array(1 << 12);
  #stamps = new Int32Array(1 << 12);
  #state = new Int32Array(1 << 11);
  #position = new Int32Array(1 << 11);
  #cost = new Float64Array(1 << 11);
  #from = new Int32Array(1 << 11);
  #label = new Int32Array(1 << 11);
  #done = new Uint8Array(1 << 11);
  /** Open entries of this many deviations, and of one more, by silent steps. */
  #now: number[][] = [];
  #later: number[][] = [];

  /** Forgets everything; `width`: positions there are. */
  begin(width: number): void {
    this.#width = width;
    this.#stamp++;
    this.size = 0;
    this.deviations = 0;
    this.silent = 0;
    this.#now = [];
    this.#later = [];
  }

  /** A state can be reached at the present cost, in step with the trace. */
  reach(state: number, position: number, from: number, label: number): void {
    this.#add(state, position, this.deviations, this.silent, from, label);
  }

  /** … by a silent step. */
  silently(state: number, position: number, from: number): void {
    this.#add(state, position, this.deviations, this.silent + 1, from, -1);
  }

  /** … by a move of the log alone (label -1) or of the model alone. */
  deviating(state: number, position: number, from: number, label: number): void {
    this.#add(state, position, this.deviations + 1, this.silent, from, label);
  }

  /** The open entry that costs least, or -1 when there is none. */
  next(): number {
    for (;;) {
      const entry = this.#now[this.silent]?.pop();
      if (entry === undefined) {
        if (this.silent + 1 < this.#now.length) this.silent++;
        else {
          if (this.#later.length === 0) return -1;
          this.#now = this.#later;
          this.#later = [];
          this.deviations++;
          this.silent = 0;
        }
        continue;
      }
      const cost = this.deviations * 1_000_000 + this.silent;
      if (this.#done[entry] || this.#cost[entry] !== cost) continue;
      this.#done[entry] = 1;
      return entry;
    }
  }

  state(entry: number): number {
    return this.#state[entry]!;
  }

  position(entry: number): number {
    return this.#position[entry]!;
  }

  from(entry: number): number {
    return this.#from[entry]!;
  }

  /** The label of the step that led here; -1: silent, or of the log alone. */
  label(entry: number): number {
    return this.#label[entry]!;
  }

  #add(
    state: number,
    position: number,
    deviations: number,
    silent: number,
    from: number,
    label: number,
  ): void {
    const cost = deviations * 1_000_000 + silent;
    let entry = this.#find(state, position);
    if (entry < 0) entry = this.#insert(-entry - 1, state, position);
    else if (this.#cost[entry]! <= cost) return;
    this.#cost[entry] = cost;
    this.#from[entry] = from;
    this.#label[entry] = label;
    const buckets = deviations === this.deviations ? this.#now : this.#later;
    while (buckets.length <= silent) buckets.push([]);
    buckets[silent]!.push(entry);
  }

  /** The entry of a state, or -1 - the free slot where it belongs. */
  #find(state: number, position: number): number {
    const mask = this.#slots.length - 1;
    let slot = Math.imul(state * this.#width + position, 0x9e3779b1);
    slot = (slot ^ (slot >>> 15)) & mask;
    while (this.#stamps[slot] === this.#stamp) {
      const entry = this.#slots[slot]!;
      if (this.#state[entry] === state && this.#position[entry] === position) return entry;
      slot = (slot + 1) & mask;
    }
    return -slot - 1;
  }

  #insert(slot: number, state: number, position: number): number {
    const entry = this.size++;
    if (entry === this.#state.length) this.#grow();
    this.#state[entry] = state;
    this.#position[entry] = position;
    this.#done[entry] = 0;
    this.#slots[slot] = entry;
    this.#stamps[slot] = this.#stamp;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return entry;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    this.#stamps = new Int32Array(this.#slots.length);
    for (let entry = 0; entry < this.size; entry++) {
      const slot = -this.#find(this.#state[entry]!, this.#position[entry]!) - 1;
      this.#slots[slot] = entry;
      this.#stamps[slot] = this.#stamp;
    }
  }

  #grow(): void {
    const length = this.#state.length * 2;
    const grown = <A extends { set(from: A): void }>(to: A, from: A): A => {
      to.set(from);
      return to;
    };
    this.#state = grown(new Int32Array(length), this.#state);
    this.#position = grown(new Int32Array(length), this.#position);
    this.#cost = grown(new Float64Array(length), this.#cost);
    this.#from = grown(new Int32Array(length), this.#from);
    this.#label = grown(new Int32Array(length), this.#label);
    this.#done = grown(new Uint8Array(length), this.#done);
  }
}
