import { describe, expect, it } from 'vitest';
import { isClosed, startSession } from './startSession.ts';

describe('the regions to show', () => {
  it('are those chosen of the partition, or the default', async () => {
    const { session, user } = await startSession();
    const connection = await session.connection();
    expect(session.regions(connection)).toEqual(['us-east-1']);
    user.regions = ['eu-west-1', 'cn-north-1', 'us-west-2'];
    expect(session.regions(connection)).toEqual(['eu-west-1', 'us-west-2']);
    user.regions = ['cn-north-1'];
    expect(session.regions(connection)).toEqual(['us-east-1']);
  });

  it('of the same partition are shown by the same connection', async () => {
    const { session, user, told } = await startSession();
    const connection = await session.connection();
    await session.identified();
    told.length = 0;
    user.regions = ['eu-west-1'];
    session.regionsChanged();
    expect(told).toEqual(['changed']);
    expect(await session.connection()).toBe(connection);
    expect(session.regions(connection)).toEqual(['eu-west-1']);
  });

  it('of another partition are asked by another connection', async () => {
    const { session, user, told } = await startSession();
    const before = await session.connection();
    await session.identified();
    told.length = 0;
    user.regions = ['cn-northwest-1'];
    session.regionsChanged();
    expect(told).toEqual(['opening', 'changed']);
    const connection = await session.connection();
    expect(session.partition(connection)).toBe('aws-cn');
    expect(session.regions(connection)).toEqual(['cn-northwest-1']);
    expect(await session.identified()).toMatchObject({ partition: 'aws-cn' });
    await isClosed(before);
  });

  it('of another partition change nothing where the profile has its own region', async () => {
    const { session, user, told } = await startSession({ profile: 'sydney' });
    const connection = await session.connection();
    await session.identified();
    told.length = 0;
    user.regions = ['cn-north-1'];
    session.regionsChanged();
    expect(told).toEqual(['changed']);
    expect(await session.connection()).toBe(connection);
    expect(session.regions(connection)).toEqual(['ap-southeast-2']);
  });

  it('open a connection where there is none', async () => {
    const { session, user } = await startSession({ profile: 'missing' });
    expect(await session.settled()).toMatchObject({ kind: 'failed' });
    user.profile = 'one';
    user.regions = ['eu-west-1'];
    session.regionsChanged();
    expect(session.regions(await session.connection())).toEqual(['eu-west-1']);
  });
});
