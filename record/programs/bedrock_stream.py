import boto3

client = boto3.client("bedrock-runtime")
answer = client.converse_stream(
    modelId="anthropic.claude-sonnet-4-6",
    messages=[{"role": "user", "content": [{"text": "Hello"}]}],
)
for _ in answer["stream"]:
    pass
