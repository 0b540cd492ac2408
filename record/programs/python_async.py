import asyncio
import os

import anthropic


async def main() -> None:
    client = anthropic.AsyncAnthropic(max_retries=0, timeout=float(os.environ["SECONDS"]))
    await client.messages.create(
        model="claude-sonnet-4-6",
        max_tokens=64,
        messages=[{"role": "user", "content": "Hello"}],
    )


asyncio.run(main())
