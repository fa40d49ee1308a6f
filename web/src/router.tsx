import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { RouteTrouble } from './components/trouble.tsx';
import { Shell } from './shell/shell.tsx';

type Module = { default: ComponentType };
const lazy = (load: () => Promise<Module>) => async (): Promise<{ Component: ComponentType }> => ({
  Component: (await load()).default,
});

/** Every page is its own file, loaded when first visited. */
export const router = createBrowserRouter(
  [
    { path: '/sign-in', lazy: lazy(() => import('./pages/sign-in.tsx')), ErrorBoundary: RouteTrouble },
    {
      path: '/new-password',
      lazy: lazy(() => import('./pages/new-password.tsx')),
      ErrorBoundary: RouteTrouble,
    },
    { path: '/setup', lazy: lazy(() => import('./pages/setup.tsx')), ErrorBoundary: RouteTrouble },
    {
      path: '/',
      Component: Shell,
      ErrorBoundary: RouteTrouble,
      HydrateFallback: () => null,
      children: [
        {
          ErrorBoundary: RouteTrouble,
          children: [
            { index: true, lazy: lazy(() => import('./pages/work.tsx')) },
            { path: 'holdings', lazy: lazy(() => import('./pages/holdings.tsx')) },
            { path: 'units/new', lazy: lazy(() => import('./pages/unit-new.tsx')) },
            { path: 'units/:id', lazy: lazy(() => import('./pages/unit.tsx')) },
            { path: 'units/:id/edit', lazy: lazy(() => import('./pages/unit-edit.tsx')) },
            { path: 'code-templates', lazy: lazy(() => import('./pages/code-templates.tsx')) },
            { path: 'search', lazy: lazy(() => import('./pages/search.tsx')) },
            { path: 'imports', lazy: lazy(() => import('./pages/imports.tsx')) },
            { path: 'imports/new', lazy: lazy(() => import('./pages/import-new.tsx')) },
            { path: 'imports/:id', lazy: lazy(() => import('./pages/import.tsx')) },
            { path: 'scans', lazy: lazy(() => import('./pages/scans.tsx')) },
            { path: 'scans/new', lazy: lazy(() => import('./pages/scan-new.tsx')) },
            { path: 'scans/:id', lazy: lazy(() => import('./pages/scan.tsx')) },
            { path: 'checks', lazy: lazy(() => import('./pages/checks.tsx')) },
            { path: 'checks/:id', lazy: lazy(() => import('./pages/check.tsx')) },
            { path: 'filing/records', lazy: lazy(() => import('./pages/filing-records.tsx')) },
            { path: 'filing/records/:id', lazy: lazy(() => import('./pages/filing-record.tsx')) },
            { path: 'natures', lazy: lazy(() => import('./pages/natures.tsx')) },
            { path: 'natures/schemes', lazy: lazy(() => import('./pages/nature-schemes.tsx')) },
            { path: 'natures/:id', lazy: lazy(() => import('./pages/nature-report.tsx')) },
            { path: 'filing/schedules', lazy: lazy(() => import('./pages/schedules.tsx')) },
            { path: 'filing/schedules/:id', lazy: lazy(() => import('./pages/schedule.tsx')) },
            { path: 'access-changes', lazy: lazy(() => import('./pages/access-changes.tsx')) },
            { path: 'access-changes/:id', lazy: lazy(() => import('./pages/access-change.tsx')) },
            { path: 'disposals', lazy: lazy(() => import('./pages/disposals.tsx')) },
            { path: 'disposals/:id', lazy: lazy(() => import('./pages/disposal.tsx')) },
            { path: 'legal-holds', lazy: lazy(() => import('./pages/legal-holds.tsx')) },
            { path: 'certificates', lazy: lazy(() => import('./pages/certificates.tsx')) },
            { path: 'certificates/:id', lazy: lazy(() => import('./pages/certificate.tsx')) },
            { path: 'preservation', lazy: lazy(() => import('./pages/preservation.tsx')) },
            { path: 'preservation/stores', lazy: lazy(() => import('./pages/stores.tsx')) },
            { path: 'preservation/backups', lazy: lazy(() => import('./pages/backups.tsx')) },
            { path: 'preservation/formats', lazy: lazy(() => import('./pages/formats.tsx')) },
            { path: 'preservation/media', lazy: lazy(() => import('./pages/media.tsx')) },
            { path: 'preservation/media/plans/:id', lazy: lazy(() => import('./pages/media-plan.tsx')) },
            { path: 'preservation/media/:id', lazy: lazy(() => import('./pages/medium.tsx')) },
            { path: 'preservation/objects/:objectId', lazy: lazy(() => import('./pages/held-object.tsx')) },
            { path: 'leave', lazy: lazy(() => import('./pages/leave.tsx')) },
            { path: 'leave/:id', lazy: lazy(() => import('./pages/leave-one.tsx')) },
            { path: 'account', lazy: lazy(() => import('./pages/account.tsx')) },
            { path: 'factor-demands', lazy: lazy(() => import('./pages/factor-demands.tsx')) },
            { path: 'service-accounts', lazy: lazy(() => import('./pages/service-accounts.tsx')) },
            { path: 'audit', lazy: lazy(() => import('./pages/audit.tsx')) },
            { path: 'audit/checkpoints', lazy: lazy(() => import('./pages/checkpoints.tsx')) },
            { path: 'audit/countersigning', lazy: lazy(() => import('./pages/countersigning.tsx')) },
            { path: 'network', lazy: lazy(() => import('./pages/network.tsx')) },
            { path: 'people', lazy: lazy(() => import('./pages/people.tsx')) },
            { path: 'people/new', lazy: lazy(() => import('./pages/person-new.tsx')) },
            { path: 'people/:id', lazy: lazy(() => import('./pages/person.tsx')) },
            { path: 'roles', lazy: lazy(() => import('./pages/roles.tsx')) },
            { path: 'roles/new', lazy: lazy(() => import('./pages/role.tsx')) },
            { path: 'roles/:code', lazy: lazy(() => import('./pages/role.tsx')) },
            { path: 'rights-changes', lazy: lazy(() => import('./pages/rights-changes.tsx')) },
            { path: 'rights-changes/:id', lazy: lazy(() => import('./pages/rights-change.tsx')) },
            { path: 'organisations', lazy: lazy(() => import('./pages/organisations.tsx')) },
            { path: 'delegations', lazy: lazy(() => import('./pages/delegations.tsx')) },
            { path: '*', lazy: lazy(() => import('./pages/nothing.tsx')) },
          ],
        },
      ],
    },
  ],
  { basename: '/console' },
);
