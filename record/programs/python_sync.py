import os

import anthropic

client = anthropic.Anthropic(max_retries=0, timeout=float(os.environ["SECONDS"]))
client.messages.create(
    model="claude-sonnet-4-6",
    max_tokens=64,
    messages=[{"role": "user", "content": "Hello"}],
)
