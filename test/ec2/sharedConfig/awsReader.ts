import { spawnSync } from 'node:child_process';

type Values = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** How botocore, the AWS CLI's library, reads a config and a credentials file. */
export interface Reading {
  /** The config file's sections by the text between the brackets; undefined if botocore refuses the file. */
  readonly sections: Readonly<Record<string, Values>> | undefined;
  /** The names of the profiles that botocore lists; undefined if it refuses one of the files. */
  readonly profiles: readonly string[] | undefined;
}

const script = `
import json, os, sys, tempfile
import botocore.configloader, botocore.session, botocore.exceptions
answers = []
with tempfile.TemporaryDirectory() as folder:
    paths = [os.path.join(folder, name) for name in ('config', 'credentials')]
    os.environ['AWS_CONFIG_FILE'], os.environ['AWS_SHARED_CREDENTIALS_FILE'] = paths
    for config, credentials in json.load(sys.stdin):
        for path, content in zip(paths, (config, credentials)):
            with open(path, 'w', encoding='utf-8', newline='') as file:
                file.write(content)
        answer = {}
        try:
            answer['sections'] = botocore.configloader.raw_config_parse(paths[0])
        except botocore.exceptions.ConfigParseError:
            pass
        try:
            answer['profiles'] = sorted(botocore.session.Session().available_profiles)
        except botocore.exceptions.ConfigParseError:
            pass
        answers.append(answer)
json.dump(answers, sys.stdout)
`;

/** Undefined if botocore is not installed. */
export function readWithBotocore(files: readonly (readonly [string, string])[]): readonly Reading[] | undefined {
  const { status, stdout } = spawnSync('python3', ['-X', 'utf8', '-c', script], {
    input: JSON.stringify(files),
    encoding: 'utf8',
  });
  return status === 0 ? (JSON.parse(stdout) as readonly Reading[]) : undefined;
}

const credentialsScript = `
import json, os, sys, tempfile
for name in [name for name in os.environ if name.startswith('AWS_')]:
    del os.environ[name]
os.environ['AWS_EC2_METADATA_DISABLED'] = 'true'
import botocore.session
answers = []
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'config')
    os.environ.update(AWS_CONFIG_FILE=path, AWS_SHARED_CREDENTIALS_FILE=os.path.join(folder, 'none'), AWS_DEFAULT_REGION='us-east-1')
    for config in json.load(sys.stdin):
        with open(path, 'w', encoding='utf-8') as file:
            file.write(config)
        try:
            answers.append(botocore.session.Session(profile='p').get_credentials() is not None)
        except Exception:
            answers.append(False)
json.dump(answers, sys.stdout)
`;

/** Whether botocore finds credentials in the profile `p` of each config file, without a request. */
export function credentialsOfBotocore(configs: readonly string[]): readonly boolean[] | undefined {
  const { status, stdout } = spawnSync('python3', ['-X', 'utf8', '-c', credentialsScript], {
    input: JSON.stringify(configs),
    encoding: 'utf8',
  });
  return status === 0 ? (JSON.parse(stdout) as readonly boolean[]) : undefined;
}
