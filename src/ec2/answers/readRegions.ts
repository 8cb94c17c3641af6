import { isRegionName, type Region } from '../../core/regions.ts';
import type { AnswerLimits } from './wholeAnswer.ts';
import { readXmlAnswer } from './xmlAnswer.ts';

/** Reads an answer to DescribeRegions: every region once, without those whose name is not one of a region. */
export async function readRegions(body: unknown, limits: AnswerLimits): Promise<readonly Region[]> {
  const shape = { root: 'DescribeRegionsResponse', has: 'regionInfo', items: ['regionInfo', 'item'] };
  const { items } = await readXmlAnswer(
    body,
    shape,
    (region): Region | undefined => {
      const name = region.text('regionName') ?? '';
      const optIn = region.text('optInStatus') ?? 'opt-in-not-required';
      return isRegionName(name) ? { name, optIn, endpoint: region.text('regionEndpoint') } : undefined;
    },
    limits,
  );
  return [...new Map(items.map((region) => [region.name, region])).values()];
}
