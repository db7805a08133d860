import { createBrowserRouter, type RouteObject, redirect, replace } from 'react-router';
import { queryClient, sessionQuery } from './api/queries.ts';
import { Refused } from './api/request.ts';
import { Broken, Waiting } from './frame/edges.tsx';
import { Frame } from './frame/frame.tsx';
import { homeOf } from './frame/session.ts';

type Screen = { readonly Screen: React.ComponentType };

/** A screen in a chunk of its own, loaded when its address is opened. */
function screen(path: string, load: () => Promise<Screen>): RouteObject {
  return { path, lazy: async () => ({ Component: (await load()).Screen }) };
}

/** Asks who is signed in; nobody: to the sign-in page, and back here afterwards. */
async function signedIn(request: Request) {
  try {
    return await queryClient.ensureQueryData(sessionQuery);
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.status !== 401) throw error;
    const { pathname, search } = new URL(request.url);
    throw redirect(`/sign-in?to=${encodeURIComponent(pathname + search)}`);
  }
}

async function staffOnly({ request }: { request: Request }): Promise<null> {
  const { user } = await signedIn(request);
  if (user.kind === 'customer') throw redirect('/my');
  return null;
}

async function customersOnly({ request }: { request: Request }): Promise<null> {
  const { user } = await signedIn(request);
  if (user.kind !== 'customer') throw redirect('/desk');
  return null;
}

const staffScreens: RouteObject[] = [
  screen('desk', () => import('./screens/desk/Screen.tsx')),
  screen('tasks/:id', () => import('./screens/task/Screen.tsx')),
  screen('cases', () => import('./screens/cases/Screen.tsx')),
  screen('cases/:caseNumber', () => import('./screens/case/Screen.tsx')),
  screen('customers', () => import('./screens/customers/Screen.tsx')),
  screen('customers/:customerNumber', () => import('./screens/customer/Screen.tsx')),
  screen('accounts/:accountNumber', () => import('./screens/account/Screen.tsx')),
  screen('loans/:noteNumber', () => import('./screens/loan/Screen.tsx')),
  screen('products', () => import('./screens/products/Screen.tsx')),
  screen('products/:family/:code', () => import('./screens/products/product.tsx')),
  screen('bills/:billNumber', () => import('./screens/bill/Screen.tsx')),
  screen('operations/bills', () => import('./screens/bills/Screen.tsx')),
  screen('operations/fx', () => import('./screens/fx/Screen.tsx')),
  screen('processes', () => import('./screens/processes/Screen.tsx')),
  screen('processes/:processId', () => import('./screens/process/Screen.tsx')),
  screen('decisions', () => import('./screens/decisions/Screen.tsx')),
  screen('decisions/:processId/:file', () => import('./screens/decision/Screen.tsx')),
  { path: 'operations', loader: () => replace('/operations/trial-balance') },
  screen('operations/trial-balance', () => import('./screens/trial-balance/Screen.tsx')),
  screen('operations/ledger', () => import('./screens/ledger/Screen.tsx')),
  screen('operations/end-of-day', () => import('./screens/end-of-day/Screen.tsx')),
  screen('operations/fee-waivers', () => import('./screens/cash/waivers.tsx')),
  screen('operations/cash', () => import('./screens/cash/Screen.tsx')),
  screen('operations/controls', () => import('./screens/controls/Screen.tsx')),
  screen('operations/salaries', () => import('./screens/salaries/Screen.tsx')),
  screen('operations/salaries/:orderId', () => import('./screens/salary-order/Screen.tsx')),
  screen('operations/exports', () => import('./screens/exports/Screen.tsx')),
  screen('insight', () => import('./screens/insight/Screen.tsx')),
  screen('settings', () => import('./screens/settings/Screen.tsx')),
];

const customerScreens: RouteObject[] = [
  {
    index: true,
    lazy: async () => ({ Component: (await import('./screens/my/home.tsx')).Screen }),
  },
  screen('tasks/:id', () => import('./screens/my/task.tsx')),
  screen('cases/:caseNumber', () => import('./screens/my/progress.tsx')),
];

export const router = createBrowserRouter([
  {
    errorElement: <Broken />,
    hydrateFallbackElement: <Waiting />,
    children: [
      {
        index: true,
        loader: async ({ request }) => redirect(homeOf((await signedIn(request)).user)),
      },
      screen('sign-in', () => import('./screens/sign-in/Screen.tsx')),
      { loader: staffOnly, Component: Frame, children: staffScreens },
      {
        path: 'my',
        loader: customersOnly,
        lazy: async () => ({ Component: (await import('./screens/my/frame.tsx')).CustomerFrame }),
        children: customerScreens,
      },
      {
        loader: staffOnly,
        ...screen('print/:paper/:caseNumber', () => import('./screens/print/Screen.tsx')),
      },
      screen('*', () => import('./screens/missing/Screen.tsx')),
    ],
  },
]);
