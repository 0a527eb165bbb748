"""A mail server on this machine; tells its port, then each mail, as lines of JSON. Ends with its input."""

import asyncio
import email
import email.policy
import hashlib
import json
import sys

from aiosmtpd.smtp import SMTP


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text = mail.get_body(("plain",)).get_content()
        files = [
            {"name": part.get_filename(), "sha256": hashlib.sha256(part.get_content()).hexdigest()}
            for part in mail.iter_attachments()
        ]
        told = {"to": envelope.rcpt_tos, "subject": mail["subject"], "text": text, "files": files}
        print(json.dumps(told), flush=True)
        return "250 taken"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Mailbox(), hostname="localhost"), "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
