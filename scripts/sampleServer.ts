import { parseArgs } from 'node:util';
import { SPREADS, type Spread } from '../src/sample/data/syntheticCatalog.ts';
import { startSampleServer } from '../src/sample/httpServer.ts';
import { SAMPLE_HOME_REGION } from '../src/sample/model.ts';

const USAGE = `Serves EC2, STS and SSM of the sample account over HTTP on 127.0.0.1.

Usage: npm run sample-server -- [--port P] [--images N] [--latency MS] [--throttle]
         [--spread HOW] [--odd-images]

  --port P      port to listen on; a free one by default
  --images N    adds N synthetic public images to every region
  --latency MS  delays every answer
  --throttle    applies EC2's request limits
  --spread HOW  how ids and dates of synthetic images are distributed: ${SPREADS.join(', ')}
  --odd-images  adds images with unusual dates, ids and texts, also hostile ones
`;

const MAX_IMAGES = 10_000_000;
const MAX_LATENCY = 600_000;

/** @throws Error that names the wrong option and its valid values */
function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      images: { type: 'string' },
      latency: { type: 'string' },
      throttle: { type: 'boolean' },
      spread: { type: 'string' },
      'odd-images': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return {
    help: values.help ?? false,
    port: wholeNumber('port', values.port, 65_535),
    images: wholeNumber('images', values.images, MAX_IMAGES),
    latency: wholeNumber('latency', values.latency, MAX_LATENCY),
    throttle: values.throttle,
    spread: spreadOf(values.spread),
    oddImages: values['odd-images'],
  };
}

function spreadOf(text: string | undefined): Spread | undefined {
  const spread = SPREADS.find((candidate) => candidate === text);
  if (text !== undefined && spread === undefined) {
    throw new Error(`--spread takes one of ${SPREADS.join(', ')}, not '${text}'.`);
  }
  return spread;
}

function wholeNumber(name: string, text: string | undefined, max: number): number | undefined {
  if (text !== undefined && (!/^\d+$/.test(text) || Number(text) > max)) {
    throw new Error(`--${name} takes a whole number from 0 to ${max}, not '${text}'.`);
  }
  return text === undefined ? undefined : Number(text);
}

/**
 * Shell lines that point the AWS CLI and SDKs at the endpoint, for the platform's usual shell. Variables that would
 * take precedence or conflict are removed: a profile, another key's token and its expiry, and settings that choose
 * AWS's own endpoints.
 */
function shellLines(url: string, platform: NodeJS.Platform): readonly string[] {
  const windows = platform === 'win32';
  const set = Object.entries({
    AWS_ENDPOINT_URL_EC2: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ENDPOINT_URL_SSM: url,
    AWS_ACCESS_KEY_ID: 'sample',
    AWS_SECRET_ACCESS_KEY: 'sample',
    // The AWS CLI reads the first, most SDKs the second.
    AWS_DEFAULT_REGION: SAMPLE_HOME_REGION,
    AWS_REGION: SAMPLE_HOME_REGION,
  });
  const unset = [
    ...['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_CREDENTIAL_EXPIRATION'],
    ...['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'],
  ];
  return [
    ...(windows
      ? [`Remove-Item -ErrorAction Ignore ${unset.map((name) => `Env:${name}`).join(', ')}`]
      : [`unset ${unset.join(' ')}`]),
    ...set.map(([name, value]) => (windows ? `$Env:${name} = '${value}'` : `export ${name}=${value}`)),
    // A proxy cannot reach this machine's loopback address.
    ...(windows
      ? ['$Env:NO_PROXY = "127.0.0.1,$Env:NO_PROXY"']
      : ['NO_PROXY', 'no_proxy'].map((name) => `export ${name}="127.0.0.1\${${name}:+,$${name}}"`)),
    "aws ec2 describe-images --owners self --query 'Images[].[ImageId,State,Name]' --output table",
  ];
}

async function main(): Promise<void> {
  const { help, ...options } = readOptions();
  if (help) {
    console.log(USAGE);
    return;
  }
  const server = await startSampleServer(options);
  console.log(`The sample account's EC2, STS and SSM listen on ${server.url} (Ctrl+C stops it). Any keys will do:\n`);
  console.log(shellLines(server.url, process.platform).join('\n'));
  const stop = () => {
    server.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: NodeJS.ErrnoException) => {
  const port = error.code === 'EADDRINUSE' ? 'The port is in use already: choose another with --port. ' : '';
  console.error(`${port}${error.message}\n\n${USAGE}`);
  process.exitCode = 1;
});
