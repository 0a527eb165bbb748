"""Uploads with boto3 over the AWS Common Runtime: ENDPOINT BUCKET PREFIX PATH..."""

import os
import sys

import boto3
from boto3.s3.transfer import TransferConfig, create_transfer_manager
from s3transfer.crt import CRTTransferManager

endpoint, bucket, prefix, *paths = sys.argv[1:]
client = boto3.client("s3", endpoint_url=endpoint)
settings = TransferConfig(preferred_transfer_client="crt")
with create_transfer_manager(client, settings) as transfers:
    if not isinstance(transfers, CRTTransferManager):
        sys.exit("boto3 did not take the Common Runtime")
    files = []
    for path in paths:
        if os.path.isdir(path):
            files += [os.path.join(path, name) for name in sorted(os.listdir(path))]
        else:
            files.append(path)
    underway = [
        transfers.upload(file, bucket, prefix + os.path.basename(file)) for file in files
    ]
    for upload in underway:
        upload.result()
