"""A receiver of webhooks for the tests, written from the description alone: it checks the signature, the time
and the id as the documentation tells receivers to, and tells each request as a line of JSON.

Arguments: the key, then answers by turn, such as 200,503,302; the last one is given for good. `echo` refuses and
repeats the request, `slow` never answers. The first line that it writes names its port.
"""

import hashlib
import hmac
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

key, turns = sys.argv[1].encode(), sys.argv[2].split(",")
seen = set()


def tell(value):
    print(json.dumps(value), flush=True)


def verdict(headers, body):
    parts = dict(part.split("=", 1) for part in headers.get("Tallyport-Signature", "").split(",") if "=" in part)
    if "t" not in parts or "v1" not in parts:
        return "unsigned"
    expected = hmac.new(key, parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, parts["v1"]):
        return "forged"
    if abs(time.time() - int(parts["t"])) > 300:
        return "old"
    known = headers["Tallyport-Id"]
    if json.loads(body)["id"] != known:
        return "another id"
    if known in seen:
        return "seen"
    seen.add(known)
    return "good"


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        turn = turns.pop(0) if len(turns) > 1 else turns[0]
        tell(
            {
                "path": self.path,
                "body": body.decode(),
                "kind": self.headers["Content-Type"],
                "verdict": verdict(self.headers, body),
            }
        )
        if turn == "slow":
            time.sleep(600)
        said = f"no {self.path} {body.decode()}" if turn == "echo" else "said"
        self.send_response(400 if turn == "echo" else int(turn))
        if turn == "302":
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        if turn == "429":
            self.send_header("Retry-After", "120")
        self.send_header("Content-Length", str(len(said.encode())))
        self.end_headers()
        self.wfile.write(said.encode())

    def do_GET(self):
        tell({"followed": self.path})
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
server.daemon_threads = True
tell({"port": server.server_address[1]})
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
