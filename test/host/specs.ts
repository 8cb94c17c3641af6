// Every file of tests that runs inside VS Code. The first one asks what is loaded before anything is used.
import './start.spec.ts';
import './lazy.spec.ts';
import './contributions.spec.ts';
import './connection.spec.ts';
import './panels.spec.ts';
import './code/openReferences.spec.ts';
import './code/openImages.spec.ts';
import './code/hover.spec.ts';
import './code/findings.spec.ts';
import './code/completion.spec.ts';
import './code/drop.spec.ts';
