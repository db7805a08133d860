import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { signOut } from '../api/commands.ts';
import { closeAllTabs } from './page-tabs.ts';

/** Ends the session, forgets what was read, and shows the sign-in page. */
export function useSignOut(): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  return () => {
    const leave = async () => {
      // The page is left in any case; a session that could not be ended runs out by itself.
      await signOut().catch(() => undefined);
      closeAllTabs();
      await navigate('/sign-in');
      client.clear();
    };
    void leave();
  };
}
