import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { tokensCss } from '#kernel/tokens';
import { App } from './app.tsx';
import { giveStylesTheNonce } from './lib/style-nonce.ts';
import './styles/base.css';
import './styles/shell.css';

giveStylesTheNonce();

const tokens = new CSSStyleSheet();
tokens.replaceSync(tokensCss());
document.adoptedStyleSheets = [...document.adoptedStyleSheets, tokens];

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root element');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
