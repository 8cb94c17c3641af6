import { describe, expect, it, vi } from 'vitest';
import { Emitter } from '../../src/core/emitter.ts';

describe('an emitter', () => {
  it('tells each listener in turn, as often as it listens, until it is let go', () => {
    const emitter = new Emitter();
    const told: string[] = [];
    const listener = () => told.push('twice');
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.event(() => told.push('once'));
    emitter.fire();
    first.dispose();
    first.dispose();
    emitter.fire();
    expect(told).toEqual(['twice', 'twice', 'once', 'twice', 'once']);
    emitter.dispose();
    emitter.fire();
    expect(told).toHaveLength(5);
  });

  it('tells nothing to whom another listener has let go, or brought, meanwhile', () => {
    const emitter = new Emitter();
    const gone = vi.fn();
    const late = vi.fn();
    emitter.event(() => {
      subscription.dispose();
      emitter.event(late);
    });
    const subscription = emitter.event(gone);
    emitter.fire();
    expect(gone).not.toHaveBeenCalled();
    expect(late).not.toHaveBeenCalled();
  });

  it('tells the others where one fails, and leaves the failure to the process', () => {
    const queue = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => {});
    try {
      const emitter = new Emitter();
      const other = vi.fn();
      emitter.event(() => {
        throw new Error('It broke.');
      });
      emitter.event(other);
      emitter.fire();
      expect(other).toHaveBeenCalledTimes(1);
      expect(queue.mock.calls[0]?.[0]).toThrow('It broke.');
    } finally {
      queue.mockRestore();
    }
  });
});
