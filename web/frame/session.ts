import { useQuery } from '@tanstack/react-query';
import { present } from '../../src/base/assert.ts';
import type { SessionAnswer, User } from '../../src/contract/session.ts';
import type { Bilingual } from '../../src/contract/shapes.ts';
import { sessionQuery } from '../api/queries.ts';
import { useSettings } from '../settings.ts';

/** Who is signed in; the loader of the frame has asked before anything below is drawn. */
export function useSession(): SessionAnswer {
  return present(useQuery(sessionQuery).data, 'a session behind the frame');
}

/** Whether the roles of who is signed in allow something; the server checks every time again. */
export function useMay(permission: string): boolean {
  return useSession().user.permissions.includes(permission);
}

/** Where a person's work begins. */
export function homeOf(user: User): string {
  return user.kind === 'customer' ? '/my' : '/desk';
}

/** The text of the reader's language. */
export function useBilingual(): (text: Bilingual) => string {
  const { language } = useSettings();
  return (text) => text[language];
}

/** `name` or `nameEn`, as the reader reads. */
export function useName(): (named: { readonly name: string; readonly nameEn: string }) => string {
  const { language } = useSettings();
  return ({ name, nameEn }) => (language === 'en' && nameEn !== '' ? nameEn : name);
}
