import os

import anthropic

client = anthropic.Anthropic(max_retries=0, timeout=float(os.environ["SECONDS"]))
with client.messages.stream(
    model="claude-sonnet-4-6",
    max_tokens=64,
    messages=[{"role": "user", "content": "Hello"}],
) as stream:
    stream.get_final_message()
