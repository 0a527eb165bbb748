"""A mail server for the tests: aiosmtpd, with TLS and a password, which tells each mail as a line of JSON.

Arguments: certificate, key, and one of tls | starttls | plain, then how it answers: take | refuse | later | quote.
The first line that it writes names its port. `quote` refuses a sign-in and repeats what it was told, as some do.
Whoever is called nobody has no mailbox here, whatever it answers otherwise.
"""

import asyncio
import base64
import hashlib
import json
import logging
import ssl
import sys
import warnings
from email import message_from_bytes
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

# Handshakes are broken on purpose here: what the server thinks of that would only hide what a test says.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")

USER, PASSWORD = b"finance@example.com", b"Canary-SMTP-pa55word"


def tell(value):
    print(json.dumps(value), flush=True)


def files(content):
    """The files that go with a mail, as Python's own reader finds them."""
    for part in message_from_bytes(content, policy=default).iter_attachments():
        data = part.get_payload(decode=True)
        yield {
            "name": part.get_filename(),
            "type": part.get_content_type(),
            "sha256": hashlib.sha256(data).hexdigest(),
        }


class Mailbox:
    def __init__(self, answers):
        self.answers = answers

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 known"

    async def handle_DATA(self, server, session, envelope):
        if self.answers == "refuse":
            return "550 5.7.1 nobody of that name"
        if self.answers == "later":
            return "451 4.3.0 try again later"
        tell(
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "data": base64.b64encode(envelope.content).decode(),
                "subject": message_from_bytes(envelope.content, policy=default)["subject"],
                "files": list(files(envelope.content)),
                "tls": server.transport.get_extra_info("sslcontext") is not None,
                "user": session.auth_data.login.decode() if session.auth_data else None,
            }
        )
        return "250 2.0.0 taken"


def authenticator(answers):
    def judge(server, session, envelope, mechanism, data):
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER, PASSWORD)
        if known and answers != "quote":
            return AuthResult(success=True, auth_data=data)
        plain = base64.b64encode(b"\0" + data.login + b"\0" + data.password).decode()
        said = f"535 5.7.8 no: {data.password.decode()} {plain} {data.password.hex()}"
        return AuthResult(success=False, handled=False, message=said)

    return judge


async def main():
    certificate, key, way, answers = sys.argv[1:]
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def protocol():
        signs_in = way != "plain"
        return SMTP(
            Mailbox(answers),
            tls_context=context if way == "starttls" else None,
            require_starttls=way == "starttls",
            auth_required=signs_in,
            auth_require_tls=way == "starttls",
            authenticator=authenticator(answers) if signs_in else None,
            hostname="localhost",
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context if way == "tls" else None)
    tell({"port": server.sockets[0].getsockname()[1]})
    # Ends with the test that started it.
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
