import os

import litellm

for _ in litellm.completion(
    model="anthropic/claude-sonnet-4-6",
    messages=[{"role": "user", "content": "Hello"}],
    api_base=os.environ["ANTHROPIC_BASE_URL"],
    timeout=float(os.environ["SECONDS"]),
    max_retries=0,
    stream=True,
):
    pass
