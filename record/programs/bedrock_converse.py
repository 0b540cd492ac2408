import boto3

client = boto3.client("bedrock-runtime")
client.converse(
    modelId="anthropic.claude-sonnet-4-6",
    messages=[{"role": "user", "content": [{"text": "Hello"}]}],
)
