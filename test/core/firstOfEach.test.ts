import { expect, it } from 'vitest';
import { firstOfEach } from '../../src/core/firstOfEach.ts';

it('keeps the first value of each key, where it stands', () => {
  const values = [
    { text: 'resolve:ssm:/a', region: 'eu-west-1' },
    { text: 'resolve:ssm:/b', region: 'eu-west-1' },
    { text: 'resolve:ssm:/a', region: 'us-east-1' },
    { text: 'resolve:ssm:/c', region: 'us-east-1' },
  ];
  expect(firstOfEach(values, ({ text }) => text)).toEqual([values[0], values[1], values[3]]);
});
