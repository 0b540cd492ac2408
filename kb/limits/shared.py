"""The same buckets in Redis, one for all nodes. Loaded only where there is a Redis."""

from __future__ import annotations

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from kb.limits.breaker import Breaker
from kb.limits.bucket import Local
from kb.limits.rate import Rate

PATIENCE = 0.1  # seconds that Redis has to answer
# The clock is Redis's own, so that nodes need not agree on the time. Returns the seconds to wait, as text.
SCRIPT = """
local t = redis.call('TIME')
local now, every, period = t[1] + t[2] / 1000000, tonumber(ARGV[1]), tonumber(ARGV[2])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + every
if full - now - period > 0.000001 then return string.format('%.6f', full - now - period) end
redis.call('SET', KEYS[1], string.format('%.6f', full), 'PX', math.max(1, math.ceil((full - now) * 1000)))
return '0'
"""


class Shared:
    """Buckets in Redis, one for all nodes; those of this process while Redis does not answer."""

    def __init__(self, url: str) -> None:
        retry = Retry(NoBackoff(), 0)
        redis = Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=retry)
        self._script = redis.register_script(SCRIPT)
        self._breaker = Breaker()
        self._local = Local()

    def wait(self, key: str, rate: Rate) -> float:
        return self._breaker.call(lambda: self._ask(key, rate), lambda: self._local.wait(key, rate))

    def _ask(self, key: str, rate: Rate) -> float:
        return float(self._script(keys=[f"kb:rate:{key}"], args=[rate.every, rate.period]))
