"""Uploads with boto3's transfers over the AWS Common Runtime: ENDPOINT BUCKET PREFIX PATH...

boto3 itself gives the Common Runtime no endpoint to go to, so that its parts are put together here as it does.
"""

import os
import sys

import botocore.session
from s3transfer.crt import (
    BotocoreCRTCredentialsWrapper,
    BotocoreCRTRequestSerializer,
    CRTTransferManager,
    create_s3_crt_client,
)

endpoint, bucket, prefix, *paths = sys.argv[1:]
session = botocore.session.Session()
region = session.get_config_variable("region") or "us-east-1"
credentials = BotocoreCRTCredentialsWrapper(session.get_credentials())
client = create_s3_crt_client(
    region=region, use_ssl=False, crt_credentials_provider=credentials.to_crt_credentials_provider()
)
requests = BotocoreCRTRequestSerializer(session, {"region_name": region, "endpoint_url": endpoint})
files = []
for path in paths:
    inside = sorted(os.listdir(path)) if os.path.isdir(path) else None
    files += [path] if inside is None else [os.path.join(path, name) for name in inside]
with CRTTransferManager(client, requests) as transfers:
    underway = [
        transfers.upload(file, bucket, prefix + os.path.basename(file)) for file in files
    ]
    for upload in underway:
        upload.result()
