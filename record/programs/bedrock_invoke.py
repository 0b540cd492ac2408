import json

import boto3

client = boto3.client("bedrock-runtime")
client.invoke_model(
    modelId="anthropic.claude-sonnet-4-6",
    body=json.dumps(
        {
            "anthropic_version": "bedrock-2023-05-31",
            "max_tokens": 64,
            "messages": [{"role": "user", "content": "Hello"}],
        }
    ),
)
