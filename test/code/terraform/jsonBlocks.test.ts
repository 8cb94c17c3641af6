import { expect, it } from 'vitest';
import { placesIn } from '../readFiles.ts';

it('each block of a list in JSON has a provider of its own', async () => {
  const [a, b] = ['ami-095ffa7a2ada3d9ca', 'ami-0b1c2d3e4f5061728'];
  const text = JSON.stringify({
    provider: {
      aws: [
        { alias: 'west', region: 'us-west-2' },
        { alias: 'east', region: 'us-east-1' },
      ],
    },
    resource: {
      aws_instance: {
        web: [
          { provider: 'aws.west', ami: a },
          { provider: 'aws.east', ami: b },
        ],
      },
    },
  });
  expect(await placesIn('main.tf.json', text)).toEqual([`${a} us-west-2 (provider)`, `${b} us-east-1 (provider)`]);
});
