import os

import openai

client = openai.OpenAI(max_retries=0, timeout=float(os.environ["SECONDS"]))
for _ in client.chat.completions.create(
    model="claude-sonnet-4-6",
    messages=[{"role": "user", "content": "Hello"}],
    stream=True,
):
    pass
