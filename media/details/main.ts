import '@vscode-elements/elements/dist/vscode-button/index.js';
import './details.css';
import { startPage } from '../shared/pageFrame.ts';
import { DetailsPage } from './detailsPage.ts';

startPage((root, host) => new DetailsPage(root, host).start());
