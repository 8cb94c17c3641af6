import '@vscode-elements/elements/dist/vscode-button/index.js';
import './instance.css';
import { startPage } from '../shared/pageFrame.ts';
import { InstancePage } from './instancePage.ts';

startPage((root, host) => new InstancePage(root, host).start());
