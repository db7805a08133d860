import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { present } from '../src/base/assert.ts';
import { queryClient } from './api/queries.ts';
import { changeTexts, startTexts } from './i18n/index.ts';
import { router } from './routes.tsx';
import { onSettings, settings } from './settings.ts';
import { Theme } from './theme/theme.tsx';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/form.css';
import './styles/orders.css';
import './styles/diagram.css';
import './styles/print.css';

await startTexts(settings().language);

let language = settings().language;
onSettings(() => {
  if (settings().language === language) return;
  language = settings().language;
  void changeTexts(language);
});

createRoot(present(document.getElementById('root'), 'the root of the page')).render(
  <StrictMode>
    <Theme>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Theme>
  </StrictMode>,
);
