import type { LaunchPermission, SampleImage, Tagged } from '../model.ts';
import { SAMPLE_ACCOUNT_ID, SAMPLE_ORGANIZATION_ARN } from '../model.ts';
import { daysFrom, ebs, type ImagePlan, ownedImage } from './ownedImages.ts';

interface SharedPlan extends ImagePlan {
  readonly ownerId: string;
}

/** Other accounts' images with the sample account in their launch permissions. */
export function sharedImages(region: string): Tagged<SampleImage>[] {
  const plans: readonly SharedPlan[] = [
    {
      key: 'acme-security-hardened-al2023-20261110',
      ownerId: '210987654321',
      daysAgo: 10,
      devices: [ebs('/dev/xvda', 12)],
      fields: { description: 'Hardened to CIS level 2 by the security account' },
    },
    {
      key: 'acme-security-hardened-ubuntu-24.04-20261105',
      ownerId: '210987654321',
      daysAgo: 15,
      devices: [ebs('/dev/sda1', 12)],
      fields: {
        description: 'Hardened to CIS level 2 by the security account',
        permissions: [{ organizationArn: SAMPLE_ORGANIZATION_ARN }],
      },
    },
    {
      key: 'partner-etl-worker-3.2',
      ownerId: '345678901234',
      daysAgo: 33,
      devices: [
        ebs('/dev/xvda', 40, {
          encrypted: true,
          kmsKeyId: `arn:aws:kms:${region}:345678901234:key/1b2c3d4e-5f60-4718-9a2b-3c4d5e6f7081`,
        }),
      ],
      fields: { description: 'ETL worker of a partner, encrypted with a key of theirs', architecture: 'arm64' },
    },
    {
      key: 'vendor-scanner-9.1-deprecated-soon',
      ownerId: '456789012345',
      daysAgo: 200,
      devices: [ebs('/dev/sda1', 60, { type: 'gp2' }), ebs('/dev/sdb', 10, { deleteOnTermination: false })],
      fields: { description: 'Vulnerability scanner appliance', deprecationTime: daysFrom(-40) },
    },
    {
      key: 'gpu-notebook-cuda-12.6-20261118',
      ownerId: '666111222333',
      daysAgo: 2,
      devices: [ebs('/dev/sda1', 80)],
      fields: { description: 'Notebook server with CUDA 12.6, for the joint research project' },
    },
  ];
  return plans.map((plan) => sharedImage(region, plan));
}

/** A shared image whose name, description and tags try to be markup, links and icons. */
export function hostileSharedImage(region: string): Tagged<SampleImage> {
  return sharedImage(region, {
    key: 'odd-shared',
    name: "free/gpu-image (click [here](command:workbench.action.quit)) 'now'",
    ownerId: '444455556666',
    daysAgo: 2,
    devices: [ebs('/dev/sda1', 8)],
    tags: {
      '**bold** `code`': '[run me](command:workbench.action.closeWindow)',
      '<script>alert(2)</script>': '![x](https://attacker.example/pixel.png)',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text must reach the editor unexpanded.
      Name: '$(trash) ${env:AWS_SECRET_ACCESS_KEY} "quoted" \\back `tick`',
    },
    fields: { description: '<img src=x onerror=alert(1)> & "quotes" \u202egpj.exe' },
  });
}

function sharedImage(region: string, plan: SharedPlan): Tagged<SampleImage> {
  const withAccount: readonly LaunchPermission[] = [{ userId: SAMPLE_ACCOUNT_ID }];
  return ownedImage(region, {
    ...plan,
    fields: {
      ...plan.fields,
      ownerId: plan.ownerId,
      location: `${plan.ownerId}/${'name' in plan ? (plan.name ?? '') : plan.key}`,
      deregistrationProtection: undefined,
      permissions: plan.fields?.permissions ?? withAccount,
    },
  });
}

/** Private images of other accounts, which the sample account must not see. */
export function hiddenImages(region: string): Tagged<SampleImage>[] {
  return [
    ownedImage(region, {
      key: 'someone-elses-private-image',
      daysAgo: 60,
      devices: [ebs('/dev/sda1', 8)],
      fields: { ownerId: '555566667777', location: '555566667777/someone-elses-private-image' },
    }),
  ];
}
