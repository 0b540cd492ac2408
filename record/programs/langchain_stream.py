import os

from langchain_anthropic import ChatAnthropic

chat = ChatAnthropic(
    model="claude-sonnet-4-6",
    base_url=os.environ["ANTHROPIC_BASE_URL"],
    timeout=float(os.environ["SECONDS"]),
    max_retries=0,
)
for _ in chat.stream("Hello"):
    pass
