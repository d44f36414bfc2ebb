import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { signOut } from '../api/calls.ts';
import { ApiProblem } from '../api/client.ts';

/** Leaves once the session has ended, now or before; while it lives, whoever comes next would be this member. */
export function useSignOut() {
  const go = useNavigate();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await signOut().catch((refused: unknown) => {
        if (!(refused instanceof ApiProblem && refused.status === 401)) throw refused;
      });
    },
    onSuccess: () => {
      cache.clear();
      void go('/signin');
    },
  });
}
