import '@vscode-elements/elements/dist/vscode-button/index.js';
import './catalog.css';
import { startPage } from '../shared/pageFrame.ts';
import { CatalogPage } from './catalogPage.ts';

startPage((root, host) => new CatalogPage(root, host).start());
