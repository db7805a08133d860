/** Who orders something: one login of one person, acting in the posts the person holds now. */
export type Actor = {
  readonly login: string;
  /** Employee or customer number: one value over all logins of one person. */
  readonly person: string;
  /** Set when the person acts for a customer. */
  readonly customerNumber: string | null;
  /** Where the person works today (操作机构). */
  readonly unitCode: string;
  readonly posts: readonly Post[];
};

/** A role held at a unit. */
export type Post = { readonly role: string; readonly unit: string };

/** The machine itself: timers, messages, work that no person orders. It holds no posts. */
export const systemActor: Actor = {
  login: 'system',
  person: 'system',
  customerNumber: null,
  unitCode: '',
  posts: [],
};
