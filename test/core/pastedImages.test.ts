import { describe, expect, it } from 'vitest';
import { imageConsoleUrl } from '../../src/core/consoleUrl.ts';
import { pastedImages } from '../../src/core/pastedImages.ts';

const a = 'ami-0123456789abcdef0';
const b = 'ami-0a1b2c3d';
const home = 'https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1';

describe('pastedImages', () => {
  it.each([
    ['our own link', imageConsoleUrl('eu-west-1', a) ?? '', 'eu-west-1', a],
    ['the details', `${home}#ImageDetails:imageId=${a}`, 'us-east-1', a],
    [
      'a list of one',
      `${home}#Images:visibility=public-images;imageId=${b};v=3;$case=tags:false%5C,client:false`,
      'us-east-1',
      b,
    ],
    ['a search', `${home}#Images:search=${b};sort=name`, 'us-east-1', b],
    [
      'the old console',
      `https://console.aws.amazon.com/ec2/v2/home?region=sa-east-1#Images:imageId=${a}`,
      'sa-east-1',
      a,
    ],
    ['a launch wizard', `${home}#LaunchInstances:ami=${a}`, 'us-east-1', a],
    [
      'the old launch wizard',
      `https://console.aws.amazon.com/ec2/home?region=us-west-1#launchAmi=${b}`,
      'us-west-1',
      b,
    ],
    ['a fragment that is encoded', `${home}#ImageDetails%3AimageId%3D${a}`, 'us-east-1', a],
    [
      'no region but that of the host',
      `https://eu-north-1.console.aws.amazon.com/ec2/home#ImageDetails:imageId=${a}`,
      'eu-north-1',
      a,
    ],
    [
      'a host with an account',
      `https://111122223333-abcdefgh.us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#ImageDetails:imageId=${a}`,
      'us-east-1',
      a,
    ],
    ['China', `https://console.amazonaws.cn/ec2/home?region=cn-north-1#ImageDetails:imageId=${a}`, 'cn-north-1', a],
    [
      'GovCloud',
      `https://console.amazonaws-us-gov.com/ec2/home?region=us-gov-west-1#ImageDetails:imageId=${a}`,
      'us-gov-west-1',
      a,
    ],
    ['the launch wizard by its other name', `${home}#LaunchInstances:imageId=${a};v=3`, 'us-east-1', a],
    ['a spot request', `${home}#LaunchSpotInstances:ami=${a}`, 'us-east-1', a],
    ['instances of an image', `${home}#Instances:imageId=${a};v=3`, 'us-east-1', a],
    ['images for sale', `${home}#AMICatalog:quickStart=${a}`, 'us-east-1', a],
    [
      'China with a host per region',
      `https://cn-northwest-1.console.amazonaws.cn/ec2/home?region=cn-northwest-1#Images:visibility=owned-by-me;imageId=${a}`,
      'cn-northwest-1',
      a,
    ],
    [
      'GovCloud with a host per region',
      `https://us-gov-east-1.console.amazonaws-us-gov.com/ec2/home#LaunchInstances:ami=${b}`,
      'us-gov-east-1',
      b,
    ],
    [
      'the sovereign cloud',
      `https://eusc-de-east-1.console.amazonaws-eusc.eu/ec2/home?region=eusc-de-east-1#ImageDetails:imageId=${a}`,
      'eusc-de-east-1',
      a,
    ],
    ['the end of a sentence', `${home}#ImageDetails:imageId=${a}.`, 'us-east-1', a],
    ['an ARN of GovCloud', `arn:aws-us-gov:ec2:us-gov-west-1::image/${a}`, 'us-gov-west-1', a],
    ['an ARN with an account', `arn:aws:ec2:eu-west-1:123456789012:image/${a}`, 'eu-west-1', a],
    ['an ARN in backticks', `\`arn:aws:ec2:us-east-1::image/${a}\``, 'us-east-1', a],
    ['no region at all', `https://console.aws.amazon.com/ec2/home#ImageDetails:imageId=${a}`, undefined, a],
    ['an ARN', `arn:aws:ec2:us-east-1::image/${a}`, 'us-east-1', a],
    [
      'an ARN of another partition, with an account',
      `arn:aws-cn:ec2:cn-north-1:111122223333:image/${b}`,
      'cn-north-1',
      b,
    ],
    ['blanks and quotes around it', `\n  "arn:aws:ec2:us-east-1::image/${a}",\r\n`, 'us-east-1', a],
  ])('reads %s', (_, text, region, id) => {
    expect(pastedImages(text)).toEqual([{ id, region }]);
  });

  it('reads several, each once', () => {
    expect(pastedImages(`${home}#Images:imageId=${a},${b},${a}`)).toEqual([
      { id: a, region: 'us-east-1' },
      { id: b, region: 'us-east-1' },
    ]);
    const arns = `arn:aws:ec2:us-east-1::image/${a}\narn:aws:ec2:eu-west-1::image/${b}\n`;
    expect(pastedImages(arns).map(({ region }) => region)).toEqual(['us-east-1', 'eu-west-1']);
  });

  it.each([
    ['', 'nothing'],
    [a, 'an id alone'],
    [`see ${home}#ImageDetails:imageId=${a}`, 'other words beside it'],
    [`https://example.com/#ImageDetails:imageId=${a}`, 'another host'],
    [`https://console.aws.amazon.com.example.com/#imageId=${a}`, 'a host that begins like it'],
    [`${home}#Instances:`, 'no image'],
    [`${home}#ImageDetails:imageId=ami-0123456789abcdef01`, 'an id that is too long'],
    [`arn:aws:ec2:us-east-1::snapshot/snap-0123456789abcdef0`, 'something else'],
    [`arn:aws:ec2:us-east-1::image/ami-123`, 'no whole id'],
    [`https://%zz`, 'no URL'],
    [`${home}#%E0%A4%A imageId=${'x'.repeat(30_000)}`, 'a long text'],
  ])('reads nothing of %s: %s', (text) => {
    expect(pastedImages(text)).toEqual([]);
  });
});
