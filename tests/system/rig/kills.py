"""kill -9 of engines, one after the other, while a test goes on."""
import asyncio


async def keep_killing(engines, times, done, due=lambda n: True, rest=0.7):
    """Kills and starts them in turn, `times` in all or until `done`; how many it were. The n-th (from 0) waits until it is
    due, and at least `rest` seconds after the one before, so that another engine is back."""
    for n in range(times):
        await asyncio.sleep(rest)
        while not due(n) and not done.is_set():
            await asyncio.sleep(0.05)
        if done.is_set():
            return n
        victim = engines[n % len(engines)]
        victim.kill()
        await asyncio.sleep(0.3)
        victim.start()
    return times
