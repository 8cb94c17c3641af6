const vscode = require('vscode');

/** Opens AMI Explorer and its walkthrough in the first window of a browser. Later ones show what the user left. */
exports.activate = async ({ globalState }) => {
  if (globalState.get('shown') !== true) {
    await globalState.update('shown', true);
    await vscode.commands.executeCommand('amiExplorer.getStarted');
    await vscode.commands.executeCommand('amiExplorer.images.focus');
  }
};
