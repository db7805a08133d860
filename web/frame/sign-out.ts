import { signOut } from '../api/commands.ts';
import { closeAllTabs } from './page-tabs.ts';

/** Ends the session and loads the sign-in page anew, so that nothing read before is left. */
export function leave(): void {
  closeAllTabs();
  // The page is left in any case; a session that could not be ended runs out by itself.
  void signOut()
    .catch(() => undefined)
    .then(() => window.location.assign('/sign-in'));
}
