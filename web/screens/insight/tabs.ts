import type { ComponentType } from 'react';
import { loadLaterTexts } from '../../i18n/index.ts';
import type { TabProps } from './asked.ts';

/**
 * One tab: `id` is its place in the address and the end of its text's key (`insightTab.<id>`);
 * its code is loaded when it is opened.
 */
export type InsightTab = {
  readonly id: string;
  readonly load: () => Promise<{ readonly Tab: ComponentType<TabProps> }>;
};

/** A tab whose texts come with it. */
function withTexts(load: InsightTab['load']): InsightTab['load'] {
  return async () => {
    await loadLaterTexts();
    return await load();
  };
}

/** The tabs of the workspace in their order; a new one gets one line here. */
export const insightTabs: readonly InsightTab[] = [
  { id: 'map', load: () => import('./tab/map-tab.tsx') },
  { id: 'diagram', load: () => import('./tab/diagram-tab.tsx') },
  { id: 'variants', load: () => import('./tab/variants-tab.tsx') },
  { id: 'cases', load: () => import('./tab/cases-tab.tsx') },
  { id: 'performance', load: () => import('./tab/performance-tab.tsx') },
  { id: 'conformance', load: () => import('./tab/conformance-tab.tsx') },
  { id: 'causes', load: () => import('./tab/causes-tab.tsx') },
  { id: 'kpi', load: withTexts(() => import('./kpi/kpi-tab.tsx')) },
  { id: 'views', load: withTexts(() => import('./views/views-tab.tsx')) },
  { id: 'time', load: () => import('./working/time-tab.tsx') },
  { id: 'people', load: () => import('./working/people-tab.tsx') },
  { id: 'rules', load: () => import('./working/rules-tab.tsx') },
  { id: 'predict', load: () => import('./working/predict-tab.tsx') },
];
