import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import './catalog.css';
import { configureL10n } from '../shared/configureL10n.ts';
import { CatalogPage } from './catalogPage.ts';

// Before anything is worded.
configureL10n();

const page = document.getElementById('page');
if (page) new CatalogPage(page, acquireVsCodeApi()).start();
