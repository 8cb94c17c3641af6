import { placedProblemText } from './configProblem.ts';
import type { ErrorReason, Said } from './errorReason.ts';
import type { L10n } from './l10n.ts';

/** In the user's language, but for the own words of AWS and of the system. */
export function saidText(said: Said, l10n: L10n): string {
  return typeof said === 'string' ? said : reasonText(said, l10n);
}

function reasonText(reason: ErrorReason, l10n: L10n): string {
  switch (reason.kind) {
    case 'config-problem':
      return placedProblemText(reason.problem, l10n);
    case 'profile-unusable':
      return l10n.t('The profile “{0}” cannot be used. {1}', reason.profile, placedProblemText(reason.problem, l10n));
    case 'profile-missing':
      return reason.problem === undefined
        ? l10n.t('The profile “{0}” is not in the shared config and credentials files.', reason.profile)
        : l10n.t(
            'The profile “{0}” is not in the shared config and credentials files. {1}',
            reason.profile,
            placedProblemText(reason.problem, l10n),
          );
    case 'secret-key-unset':
      return l10n.t('The environment variable AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not.');
    case 'no-url':
      return l10n.t('{0}: “{1}” is not a URL.', reason.source, reason.value);
    case 'no-http-url':
      return l10n.t('{0}: “{1}” is neither an http nor an https URL.', reason.source, reason.value);
    case 'bundle-missing':
      return l10n.t('{0} names the file {1}, which does not exist.', reason.source, reason.path);
    case 'bundle-unreadable':
      return l10n.t('{0}: {1} cannot be read ({2}).', reason.source, reason.path, reason.code);
    case 'bundle-empty':
      return l10n.t('{0}: {1} contains no certificate in PEM format.', reason.source, reason.path);
    case 'bundle-damaged':
      return l10n.t('{0}: certificate {1} in {2} is damaged.', reason.source, reason.number, reason.path);
    case 'proxy-protocol':
      return l10n.t('{0} proxies are not supported.', reason.protocol);
    case 'no-source':
      return l10n.t('Neither the environment, the default profile nor an instance role provides credentials.');
    case 'no-source-in-profile':
      return l10n.t('The profile names no source of credentials.');
    case 'no-source-in-profile-or-role':
      return l10n.t('The profile names no source of credentials, and no instance role provides any.');
    case 'source-circle':
      return l10n.t('The source profiles lead back to where they began.');
    case 'unknown-source':
      return l10n.t('The credential_source “{0}” is unknown.', reason.source);
    case 'no-environment-keys':
      return l10n.t('The environment has no access keys.');
    case 'no-container-credentials':
      return l10n.t('The endpoint of the container provides no credentials.');
    case 'no-instance-credentials':
      return l10n.t('The instance metadata service provides no credentials.');
    case 'no-role-credentials':
      return l10n.t('The response to AssumeRole contains no credentials.');
    case 'no-mfa-code':
      return l10n.t('No code was entered for the MFA device {0}.', reason.device);
    case 'token-file-unreadable':
      return l10n.t('The web identity token file {0} cannot be read.', reason.path);
    case 'role-refused':
      return l10n.t('The role {0} cannot be assumed: {1}', reason.role, saidText(reason.said, l10n));
    case 'web-identity-refused':
      return l10n.t(
        'The role {0} cannot be assumed with a web identity: {1}',
        reason.role,
        saidText(reason.said, l10n),
      );
    case 'session-refused':
      return l10n.t('The session provides no credentials: {0}', saidText(reason.said, l10n));
    case 'of-source':
      return l10n.t('Source profile “{0}”: {1}', reason.profile, saidText(reason.said, l10n));
    case 'process-malformed':
      return l10n.t('credential_process is not a command that can be started.');
    case 'process-not-found':
      return l10n.t('The program of credential_process was not found.');
    case 'process-not-started':
      return l10n.t('credential_process could not be started ({0}).', reason.code);
    case 'process-failed':
      return reason.said === ''
        ? l10n.t('credential_process ended with exit code {0}.', reason.exitCode)
        : l10n.t('credential_process ended with exit code {0}: {1}', reason.exitCode, reason.said);
    case 'process-killed':
      return reason.said === ''
        ? l10n.t('credential_process was ended by {0}.', reason.signal)
        : l10n.t('credential_process was ended by {0}: {1}', reason.signal, reason.said);
    case 'process-timeout':
      return l10n.t('credential_process did not end within {0} s.', reason.seconds);
    case 'process-overlong':
      return l10n.t('credential_process printed too much.');
    case 'process-silent':
      return l10n.t('credential_process printed nothing.');
    case 'process-no-json':
      return l10n.t('credential_process printed something that is not JSON.');
    case 'process-version':
      return l10n.t('credential_process printed JSON whose “Version” is not 1.');
    case 'process-no-keys':
      return l10n.t('credential_process printed JSON without “AccessKeyId” or “SecretAccessKey”.');
    case 'process-no-time':
      return l10n.t('credential_process printed JSON whose “Expiration” is not a time.');
    case 'process-expired':
      return l10n.t('credential_process printed credentials that expired at {0}.', reason.at);
    case 'answer-missing':
      return l10n.t('The response is empty.');
    case 'answer-too-large':
      return l10n.t('The response is larger than {0} bytes.', reason.bytes);
    case 'answer-too-much':
      return l10n.t('The response contains more than can be read.');
    case 'answer-no-http':
      return l10n.t('The response is not HTTP.');
    case 'answer-compression':
      return l10n.t('The response cannot be decompressed.');
    case 'answer-no-json':
      return l10n.t('The response is not JSON.');
    case 'answer-no-xml':
      return reason.said === undefined
        ? l10n.t('The response is not XML from EC2.')
        : l10n.t('The response is not XML: {0}', reason.said);
    case 'answer-without':
      return l10n.t('The response has no {0}.', reason.what);
    case 'answer-of-another-kind':
      return l10n.t('The response begins with {0}, not with {1}.', reason.found, reason.expected);
    case 'answer-not-from-aws':
      return l10n.t('The response is not from AWS.');
    case 'redirected':
      return reason.host === undefined
        ? l10n.t('The redirect names no valid address.')
        : l10n.t('The redirect leads to {0}.', reason.host);
    case 'redirected-to-path':
      return l10n.t('The redirect leads to another path of the same host.');
    case 'page-repeated':
      return l10n.t('The pages lead back to one that was already loaded.');
    case 'pages-without-news':
      return l10n.t('{0} consecutive pages brought nothing new.', reason.pages);
    case 'pages-without-end':
      return l10n.t('{0} pages have not led to an end.', reason.pages);
    case 'cancelled':
      return l10n.t('Canceled.');
    case 'read-only':
      return l10n.t('Changes in AWS are blocked by the amiExplorer.readOnly setting.');
    case 'no-answer':
      return l10n.t('No response within {0} s.', reason.seconds);
    case 'region-name':
      return l10n.t('“{0}” is not the name of a region.', reason.region);
    case 'other-partition':
      return l10n.t('{0} is in the partition {1}.', reason.region, reason.partition);
  }
}
