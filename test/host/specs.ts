// Every file of tests that runs inside VS Code.
import './contributions.spec.ts';
import './connection.spec.ts';
import './panels.spec.ts';
